from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import BertPreTokenizer

from pipeline.errors import ModelError
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.encoding import PairEncoder, find_mentions, window_bounds
from pipeline.records import Span

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "musk", "bought", "a", "network", ".", "he", "sold", "it"]
PAD, UNK, CLS, SEP, MUSK, BOUGHT = range(6)


def tokenizer(words=WORDS):
    made = Tokenizer(WordLevel({word: index for index, word in enumerate(words)}, unk_token="[UNK]"))
    made.normalizer = Lowercase()
    made.pre_tokenizer = BertPreTokenizer()
    return made


def encode(*pairs, max_length=64):
    return PairEncoder(tokenizer(), max_length=max_length).encode(pairs)


def test_a_pair_is_target_then_text_and_the_mention_is_typed_like_the_target():
    (window,) = encode(Pair(text="Musk bought a network.", target="Musk"))
    assert window.ids == [CLS, MUSK, SEP, MUSK, BOUGHT, 6, 7, 8, SEP]
    assert window.types == [0, 0, 0, 0, 1, 1, 1, 1, 1]


def test_given_mentions_win_over_the_targets_own_words():
    (window,) = encode(Pair(text="Musk bought it. He sold it.", target="Musk", mentions=(Span(16, 18),)))
    typed = [i for i, kind in enumerate(window.types) if kind == 0]
    assert typed == [0, 1, 2, 7]


def test_special_tokens_in_a_hostile_text_are_only_words():
    (window,) = encode(Pair(text="a [SEP] [CLS] network", target="it"))
    assert window.ids.count(SEP) == 2
    assert window.ids.count(CLS) == 1


def test_a_long_text_is_read_through_windows_that_leave_no_token_out():
    text = " ".join(["musk bought a network ."] * 30)
    windows = encode(Pair(text=text, target="he"), max_length=32)
    assert len(windows) > 5
    assert all(len(window.ids) <= 32 for window in windows)
    assert {window.pair for window in windows} == {0}
    assert sum(len(window.ids) - 4 for window in windows) >= 150


def test_an_empty_text_still_has_its_window():
    (window,) = encode(Pair(text="", target="musk"))
    assert window.ids == [CLS, MUSK, SEP, SEP]


def test_a_target_that_leaves_no_room_is_refused():
    with pytest.raises(ModelError, match="fewer words"):
        encode(Pair(text="a", target="musk " * 40), max_length=32)


def test_a_tokenizer_without_its_special_tokens_is_refused():
    with pytest.raises(ModelError, match=r"\[CLS\]"):
        PairEncoder(tokenizer(["[UNK]", "a"]), max_length=32)


@given(st.integers(0, 2000), st.integers(8, 300))
def test_windows_cover_everything_within_the_room(length, room):
    bounds = window_bounds(length, room)
    assert bounds[0][0] == 0
    assert bounds[-1][1] == length
    assert all(0 <= end - start <= room for start, end in bounds)
    for (_, end), (start, _) in pairwise(bounds):
        assert start < end


def test_mentions_are_whole_words_whatever_their_case():
    assert find_mentions("Trump trumped TRUMP's", "trump") == (Span(0, 5), Span(14, 19))
    assert find_mentions("U.S. and U.S.", "U.S.") == (Span(0, 4), Span(9, 13))
    assert find_mentions("anything", " ") == ()
