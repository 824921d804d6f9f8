"""What people are called has no bearing on the grammar that is read."""

from __future__ import annotations

import pytest

from pipeline.attribute.names import Use
from pipeline.attribute.standins import stand_ins, with_stand_ins
from pipeline.records import Span


def _use(name, title=""):
    return Use(span=Span(0, len(name)), name=name, title=title, sentence=0)


@pytest.mark.parametrize("name", ["Early", "Price", "Long", "Swift", "Trump", "Marsh"])
def test_a_surname_that_is_a_word_too_speaks_like_any_other(said, name):
    story = (
        f"Anna {name} runs the port. For all the fuss, {name} described it as routine and said that ships would sail."
    )
    assert (f"Anna {name}", "ships would sail") in [(who, what.removeprefix("that ")) for who, what, *_ in said(story)]


def test_a_stand_in_has_the_length_of_the_name_so_every_character_stays_at_its_place():
    surnames = stand_ins([_use("Anna Early"), _use("Drax", title="Mr."), _use("Rex Oberhausener")])
    sentence = "Earlier, Early met Drax, and Oberhausener met Early's aide."
    read = with_stand_ins(sentence, surnames)
    assert len(read) == len(sentence)
    assert read.startswith("Earlier, ")
    assert "Early " not in read
    assert "Oberhausener" in read


def test_organisations_and_bare_words_keep_their_names():
    assert stand_ins([_use("Acme Corp"), _use("Mercy Hospital"), _use("Drax")]) is None


def test_a_function_word_that_opens_a_sentence_is_no_surname():
    surnames = stand_ins([_use("George Will")])
    assert with_stand_ins("Will the ships sail?", surnames) == "Will the ships sail?"
    assert "Will" not in with_stand_ins("Yes, Will said.", surnames)
