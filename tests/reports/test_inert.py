from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from reports.inert import for_page, for_terminal

anything = st.text(st.characters(codec=None))


@given(anything)
def test_every_character_stays_in_its_place(text):
    assert len(for_page(text)) == len(for_terminal(text)) == len(text)


@given(anything)
def test_nothing_is_left_that_drives_a_terminal(text):
    left = {unicodedata.category(character) for character in for_terminal(text).replace("\n", "")}
    assert not left & {"Cc", "Cs"}
    assert not any(unicodedata.bidirectional(c) in ("RLO", "LRO", "RLE", "LRE", "RLI", "LRI", "PDF", "PDI", "FSI")
                   for c in for_terminal(text))  # fmt: skip


@given(anything)
def test_a_page_can_always_be_written(text):
    shown = for_page(text)
    shown.encode("utf-8")
    assert "\x00" not in shown
    assert "\u202e" not in shown


def test_controls_are_shown_as_pictures():
    assert for_page("a\x00b\x1b[31m\x7f") == "a␀b␛[31m␡"


def test_plain_text_stays_as_it_is():
    words = "“Ja,” sagte Öztürk.\n\tالمتحدث 发言人 👩🏽‍🚀"
    assert for_page(words) == words
