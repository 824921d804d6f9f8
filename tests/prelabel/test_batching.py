from hypothesis import given
from hypothesis import strategies as st

from pipeline.prelabel.batching import cut_batches

lengths = st.lists(st.integers(min_value=1, max_value=300), max_size=200)


@given(lengths, st.integers(min_value=1, max_value=1000))
def test_batches_partition_the_texts_and_hold_the_budget(lengths, budget):
    batches = cut_batches(lengths, budget)
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        assert batch == sorted(batch)
        assert len({lengths[index] for index in batch}) == 1
        assert len(batch) == 1 or sum(lengths[index] for index in batch) <= budget


@given(lengths)
def test_the_longest_come_first(lengths):
    firsts = [lengths[batch[0]] for batch in cut_batches(lengths, 64)]
    assert firsts == sorted(firsts, reverse=True)


def test_nothing_gives_nothing():
    assert cut_batches([], 100) == []


def test_a_text_over_the_budget_goes_alone():
    assert cut_batches([90, 90, 3], 10) == [[0], [1], [2]]
