"""Quotations that no verb stands beside: what brings them in, near or far, and what goes on with a speaker."""

from __future__ import annotations

import pytest

LONG = "We have walked past that dam every morning for twenty years and nobody has touched it"

BROUGHT_IN = [
    # no space after the comma or the colon, or before the name
    (f"Ana Ruiz said,“{LONG}. It is over.”", "It is over", "Ana Ruiz"),
    (f'"{LONG},"Ana Ruiz said in a statement. "It is over."', "It is over", "Ana Ruiz"),
    (f'Rep. Ana Ruiz (D-Ohio):"{LONG}. It is over."', "It is over", "Ana Ruiz"),
    (f'Rep. Ana Ruiz (D-Ohio): "{LONG}. It is over."', "twenty years", "Ana Ruiz"),
    # a verb far before the quotation
    (
        "Ana Ruiz, 35, the mayor's daughter, said on Friday on the radio, in a talk about her first job, at the old "
        f"mill by the river, “{LONG}! It is over.”",
        "It is over",
        "Ana Ruiz",
    ),
    # whoever is the subject before a colon, also of a short quotation, a letter's sender, an office
    ('Ana Ruiz delivered a quick retort: "No one is tearing this up. It goes on."', "It goes on", "Ana Ruiz"),
    (f"Ana Ruiz’s letter makes a legal case: “{LONG}. It is over.”", "It is over", "Ana Ruiz"),
    (f"The Ruiz campaign worded it more carefully: “{LONG}. It is over.”", "It is over", "Ruiz campaign"),
    (f"Ana Ruiz, in Oban, emails: “{LONG}. It is over.”", "It is over", "Ana Ruiz"),
    # a sentence, or the paragraph before, that brings somebody in
    (f"Ana Ruiz, who owns the mill, shook her head. “{LONG}.”", "twenty years", "Ana Ruiz"),
    (f"Ana Ruiz was blunt.\n\n“{LONG}.”\n\nThe vote is on Friday.", "twenty years", "Ana Ruiz"),
    ("Ana Ruiz had gone on. Then she had a question for Rex Moore.\n\n“Who will pay?”", "Who will pay", "Ana Ruiz"),
    # what goes on after a comma and the author's own words
    (
        '"I feel that we are safe here," says Ana Ruiz, 21. "But the old dam has changed," because of rain in May.',
        "old dam has changed",
        "Ana Ruiz",
    ),
    # and what brings nobody in
    ("The plan was dropped.\n\n“Heavy rain”\n\nThe vote is on Friday.", "Heavy rain", "author"),
    ("Ana Ruiz was fired.\n\n‘A change of air.’\n\nThe vote is on Friday.", "A change of air", "author"),
    (f"THE DAM IS OLD, THEY FIND - Rex Moore and Ana Ruiz: “{LONG}.”", "THE DAM IS OLD", "author"),
    (
        "Conversations between aides have been going on for more than a year, but since the storms in June, at the old "
        "mill by the river, “There has been a shift”.",
        "Conversations",
        "author",
    ),
]


@pytest.mark.parametrize(("body", "words", "speaker"), BROUGHT_IN, ids=[case[0][:60] for case in BROUGHT_IN])
def test_who_speaks_a_quotation_without_a_verb_beside_it(speaker_of, body, words, speaker):
    assert speaker_of(body, words) == speaker


def test_a_description_ends_before_what_is_told_of_a_noun_in_it(said):
    found = said(f'"{LONG}," said one owner of a shop that sells nets who did not give her name.')
    assert found[0][0] == "one owner of a shop"
