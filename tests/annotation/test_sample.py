"""The queue: the same from the same, independent where it must be, and drawn with the chances that it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.queue.draw import chance
from annotation.queue.sample import REPEAT_DISTANCE, queue, queue_of
from pipeline.config import Config
from pipeline.errors import ConfigError, RunError
from pipeline.labels import Target
from pipeline.store import Run
from tests.annotation.made import TARGETS, article, frame, write_run

DESIGNS = ("all", "attributed", "random", "stratified", "uncertain")
designs = st.sampled_from(DESIGNS)


def made(units, **annotation):
    return queue_of(lambda: units, Config.model_validate({"annotation": annotation}), Path("run"))


def first(items):
    """The first occasion of every sentence, one item a sentence."""
    return [one for one in items if one.occasion == 1 and one.asks_speaker]


@given(designs, st.integers(0, 60), st.none() | st.integers(1, 50), st.floats(0, 1), st.floats(0, 1), st.integers(0, 5))
def test_the_queue_is_the_same_each_time_and_says_each_thing_once(design, size, wanted, blind, repeats, seed):
    units = frame(size + 3)
    settings = {"sentences": design, "size": wanted, "blind_share": blind, "repeat_share": repeats, "seed": seed}
    items = made(units, **settings)
    assert items == made(units, **settings)
    assert max(Counter(one.uid for one in items).values()) == 1
    in_frame = [unit for unit in units if unit.attributed or design != "attributed"]
    assert len(first(items)) == min(wanted or len(in_frame), len(in_frame))
    assert all(0 < one.inclusion_probability <= 1 for one in items)
    assert {one.sentence_id for one in items} <= {unit.sentence_id for unit in in_frame}


@given(designs, st.integers(1, 40), st.integers(0, 5))
def test_another_seed_is_another_draw_but_the_same_sizes(design, wanted, seed):
    one, other = (made(frame(60), sentences=design, size=wanted, seed=number) for number in (seed, seed + 1))
    assert len(first(one)) == len(first(other))


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("size", [None, 1, 7, 20])
def test_every_sentence_is_drawn_with_the_chance_that_its_item_says(design, size):
    units, draws = frame(31), 700
    times: Counter[str] = Counter()
    said: dict[str, float] = {}
    for seed in range(draws):
        for one in first(made(units, sentences=design, size=size, seed=seed, strata=["speaker", "outlet"])):
            times[one.sentence_id] += 1
            said[one.sentence_id] = one.inclusion_probability
    in_frame = [unit.sentence_id for unit in units if unit.attributed or design != "attributed"]
    for sentence in in_frame:
        p = said[sentence]
        spread = 5 * (p * (1 - p) / draws) ** 0.5
        assert abs(times[sentence] / draws - p) <= spread, (sentence, times[sentence] / draws, p)
    assert sum(said.values()) == pytest.approx(min(size or len(in_frame), len(in_frame)))


@given(designs, st.integers(1, 60), st.integers(0, 9))
def test_weights_add_up_to_the_frame_where_a_stratum_gives_what_it_should(design, wanted, seed):
    """The weighted count of a sample of fixed size is the size of the frame, but for the strata's odd sentences."""
    units = frame(60)
    items = first(made(units, sentences=design, size=wanted, seed=seed))
    in_frame = sum(unit.attributed or design != "attributed" for unit in units)
    if design != "stratified":
        assert sum(1 / one.inclusion_probability for one in items) == pytest.approx(in_frame)


def test_strata_give_evenly_and_the_small_ones_all_they_have():
    items = first(made(frame(60), sentences="stratified", size=24))
    who = {unit.sentence_id: unit.speaker for unit in frame(60)}
    sizes = Counter(unit.speaker for unit in frame(60))
    given_by = Counter(who[one.sentence_id] for one in items)
    assert sorted(sizes.values()) == [7, 8, 15, 30]
    assert set(given_by.values()) == {6}
    small = first(made(frame(60), sentences="stratified", size=40))
    given_by = Counter(who[one.sentence_id] for one in small)
    assert sorted(given_by.values()) == [7, 8, 12, 13]
    assert {one.inclusion_probability for one in small if sizes[who[one.sentence_id]] < 9} == {1.0}
    assert {one.inclusion_probability for one in small if sizes[who[one.sentence_id]] == 30} == {12.5 / 30}


def test_uncertain_ones_come_first_and_the_rest_is_a_sample():
    units = frame(60)
    sure = {unit.sentence_id: unit.certainty for unit in units}
    items = first(made(units, sentences="uncertain", size=20))
    least = sorted(units, key=lambda unit: unit.certainty)[:16]
    assert [one.sentence_id for one in items[:16]] == [unit.sentence_id for unit in least]
    assert {one.inclusion_probability for one in items[:16]} == {1.0}
    assert {one.inclusion_probability for one in items[16:]} == {4 / 44}
    everything = made(units, sentences="uncertain")
    assert [sure[one.sentence_id] for one in everything] == sorted(sure.values())


@pytest.mark.parametrize("design", ["all", "attributed"])
def test_the_text_is_read_in_its_order(design):
    order = [unit.sentence_id for unit in frame(60)]
    items = made(frame(60), sentences=design, size=20)
    places = [order.index(one.sentence_id) for one in items]
    assert places == sorted(places)


@given(designs, st.integers(1, 40), st.integers(1, 40), st.integers(0, 3))
def test_adding_articles_changes_no_arm_and_no_overlap(design, size, more, seed):
    settings = {"sentences": design, "seed": seed, "blind_share": 0.5, "overlap_share": 0.5, "repeat_share": 0.5}
    fewer = {one.uid: (one.arm, one.annotators) for one in made(frame(size + 2), **settings)}
    many = {one.uid: (one.arm, one.annotators) for one in made(frame(size + 2 + more), **settings)}
    assert fewer.items() <= many.items()


def test_all_pages_of_a_look_at_a_sentence_are_in_one_arm():
    """A blind page after a shown one would ask people who had just seen what the model makes of the sentence."""
    many = tuple(Target(name=f"t{number}", kind="name") for number in range(7))
    units = [replace(unit, targets=many) for unit in frame(200)]
    arms: dict[tuple[str, int], set[str]] = {}
    for one in made(units, sentences="all", blind_share=0.5, repeat_share=0.5):
        arms.setdefault((one.sentence_id, one.occasion), set()).add(one.arm)
    assert len(arms) > 200
    assert {len(each) for each in arms.values()} == {1}


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 1.0])
def test_shares_are_what_they_should_be(share):
    size = 6_000
    items = made(
        frame(size), sentences="all", blind_share=share, overlap_share=share, repeat_share=share, annotators_per_item=3
    )
    limit = 5 * (share * (1 - share) / size) ** 0.5
    once = first(items)
    assert abs(sum(one.arm == "blind" for one in once) / size - share) <= limit
    assert abs(sum(one.annotators == 3 for one in once) / size - share) <= limit
    assert abs((len(items) - size) / size - share) <= limit
    both = sum(one.arm == "blind" and one.annotators == 3 for one in once) / size
    assert abs(both - share * share) <= 5 * (share * share * (1 - share * share) / size) ** 0.5


@given(st.integers(2, 150), st.floats(0, 1), designs)
def test_repeats_come_later(size, share, design):
    items = made(frame(size + 2), sentences=design, repeat_share=share)
    place = {one.uid: number for number, one in enumerate(items)}
    asked = len({one.sentence_id for one in items})
    for one in items:
        if one.occasion == 2:
            assert one.uid == f"{one.sentence_id}#2"
            assert place[one.uid] - place[one.sentence_id] >= min(REPEAT_DISTANCE, asked // 2)


@given(st.sets(st.integers(1, 60), min_size=1, max_size=10), designs, st.integers(1, 60))
def test_gold_is_among_the_others_whatever_is_drawn(numbers, design, wanted):
    units = frame(60)
    gold = [units[number - 1].sentence_id for number in numbers]
    items = made(units, sentences=design, size=wanted, gold_items=gold, overlap_share=0.0, annotators_per_item=3)
    assert {one.sentence_id for one in items if one.gold} == set(gold)
    assert all(one.inclusion_probability == 1 and one.annotators == 3 for one in items if one.gold)
    rest = [unit for unit in units if unit.sentence_id not in gold and (unit.attributed or design != "attributed")]
    drawn = [one for one in items if not one.gold]
    assert len(drawn) == min(wanted, len(rest))
    places = [place for place, one in enumerate(items) if one.gold]
    gaps = [after - before for before, after in zip([-1, *places], [*places, len(items)], strict=True)]
    assert max(gaps) - min(gaps) <= 2 + len(drawn) // (len(gold) + 1)


def test_more_targets_than_fit_a_page_are_further_items():
    five = tuple(Target(name=f"t{number}") for number in range(5))
    units = [replace(unit, targets=five) for unit in frame(4)]
    items = made(units, sentences="all", repeat_share=1.0)
    mine = [one for one in items if one.sentence_id == units[0].sentence_id]
    assert [one.uid.removeprefix(units[0].sentence_id) for one in mine] == ["", "/2", "#2", "/2#2"]
    assert [one.targets for one in mine] == [five[:3], five[3:]] * 2
    assert [one.asks_speaker for one in mine] == [True, False] * 2


def test_a_sentence_without_targets_still_asks_who_says_it():
    (one,) = made([replace(frame(1)[0], targets=())], sentences="all")
    assert (one.targets, one.asks_speaker) == ((), True)


def test_nothing_to_ask_is_an_error_with_a_fix():
    with pytest.raises(RunError) as error:
        made([replace(unit, attributed=False) for unit in frame(3)], sentences="attributed")
    assert "annotation.sentences: all" in error.value.fix


def test_an_unknown_gold_item_is_an_error_with_a_fix():
    with pytest.raises(ConfigError) as error:
        made(frame(3), gold_items=["d0:s1", "nonsense", "more"])
    assert "'more', nor 1 more" in error.value.what
    assert "sentences" in error.value.fix


def test_chances_are_numbers_below_one():
    numbers = [chance(1, "x", str(number)) for number in range(10_000)]
    assert 0 <= min(numbers) < 0.001
    assert 0.999 < max(numbers) < 1
    assert abs(sum(numbers) / 10_000 - 0.5) < 0.015


@pytest.fixture
def run(tmp_path) -> Run:
    """Two chunks; the second article is the first under another id, and the model is unsure of one sentence."""
    whole = article(source="Gazette")
    settings = {"prelabel": {"targets": [{"name": "the toll", "kind": "proposition", "aliases": ["harbour"]}]}}
    return write_run(tmp_path / "run", [[whole], [renamed(whole)]], Config.model_validate(settings))


def renamed(whole):
    """The article as another."""
    ids = {"sentence_id", "speaker_id", "attribution_id", "doc_id", "quotation_id"}

    def again(record):
        changes = {name: "e" + getattr(record, name)[1:] for name in ids if getattr(record, name, None)}
        return replace(record, **changes)

    layers = ("sentences", "speakers", "attributions", "voices", "predictions")
    changed = {layer: tuple(map(again, getattr(whole, layer))) for layer in layers}
    unsure = {"against": 0.4, "neutral": 0.3, "favor": 0.3}
    changed["predictions"] = tuple(
        replace(one, scores=unsure) if one.sentence_id == "e:s3" and one.target == "the toll" else one
        for one in changed["predictions"]
    )
    return replace(whole, document=replace(again(whole.document), source="Herald"), **changed)


def test_a_run_gives_its_body_sentences_with_their_targets(run):
    items = queue(run, Config.model_validate({"annotation": {"sentences": "all"}}))
    assert [one.uid for one in items] == [f"{doc}:s{number}" for doc in "de" for number in (1, 2, 3, 4)]
    assert {one.doc_id for one in items} == {"d", "e"}
    names = [(target.name, target.kind) for target in items[0].targets]
    assert names == [(target.name, target.kind) for target in TARGETS]


def test_attributed_sentences_are_those_that_somebody_speaks(run):
    items = queue(run, Config())
    assert [one.uid for one in items] == [f"{doc}:s{number}" for doc in "de" for number in (1, 2, 4)]


@pytest.mark.parametrize(
    ("strata", "size", "chances"),
    [
        ("speaker", 6, {"s1": 0.5, "s2": 1.0, "s3": 1.0, "s4": 0.5}),
        ("outlet", 4, {"s1": 0.5, "s2": 0.5, "s3": 0.5, "s4": 0.5}),
        ("target", 4, {"s1": 1 / 3, "s2": 1 / 3, "s3": 1.0, "s4": 1 / 3}),
    ],
)
def test_strata_are_read_from_the_run(run, strata, size, chances):
    """Speakers: Ann Lee four times, Bo Lee and the author twice. Named by name or alias: Ann Lee six times."""
    settings = {"sentences": "stratified", "strata": [strata], "size": size}
    found: dict[str, set[float]] = {}
    for seed in range(20):
        for one in queue(run, Config.model_validate({"annotation": {**settings, "seed": seed}})):
            found.setdefault(one.uid[2:], set()).add(one.inclusion_probability)
    assert {sentence: list(said) for sentence, said in found.items()} == {
        s: [pytest.approx(p)] for s, p in chances.items()
    }


def test_uncertainty_is_read_from_the_run(run):
    settings = Config.model_validate({"annotation": {"sentences": "uncertain"}})
    assert queue(run, settings)[0].uid == "e:s3"
