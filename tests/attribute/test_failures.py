"""Ten ways in which real articles misled a forerunner, in words of our own."""

from __future__ import annotations

import pytest


def _who(found, words):
    return [speaker for speaker, content, _, _ in found if words in content]


def test_an_issued_statement_belongs_to_its_issuer(said):
    found = said("On Tuesday the Security Council issued a statement calling the launch a breach of its resolutions.")
    assert _who(found, "the launch a breach") == ["Security Council"]


def test_footage_of_somebody_saying_is_spoken_by_them(said):
    found = said("The advertisement ends with footage of Carla Jennings saying that she would never raise a tax.")
    assert _who(found, "she would never raise a tax") == ["Carla Jennings"]


def test_a_saying_inside_a_claim_is_not_the_claim(speaker_of):
    body = "Nora Whitfield spoke first. Everything Tom Barker says is a lie and the whole town knows about it."
    assert speaker_of(body, "Everything") == "author"


def test_he_wrote_is_the_subject_of_the_sentence_before(speaker_of):
    body = (
        '"We lost," said Peter Novak. The team flew home.\n\n'
        'Martin Ellery remembered the inspection well. "We came through with flying colours," he wrote.'
    )
    assert speaker_of(body, "flying colours") == "Martin Ellery"


def test_a_block_after_he_said_is_his(speaker_of):
    body = "The transcript was released at noon. In it Paul Okafor said:\n\nNobody told us about the leak until May."
    assert speaker_of(body, "Nobody told us") == "Paul Okafor"


def test_a_quotation_with_a_wrong_opening_mark_and_a_signature(said):
    found = said("Readers wrote to us.\n\n”I am afraid of what comes next for my family.” ― Elena Ruiz")
    assert _who(found, "I am afraid") == ["Elena Ruiz"]


def test_according_to_a_plural_noun_that_looks_like_a_verb(said):
    found = said("The two hosts have not spoken in months, according to show insiders.")
    assert _who(found, "have not spoken in months") == ["show insiders"]


def test_a_noun_that_reports_has_its_owner(said):
    found = said("Bornholm's earlier prediction that the bridge would fail was widely mocked.")
    assert _who(found, "the bridge would fail") == ["Bornholm"]


@pytest.mark.parametrize(
    "body",
    [
        "The campaign did not immediately respond to a request for comment.",
        "A spokeswoman for the campaign declined to comment.",
        "Mr. Harlan could not be reached for comment.",
    ],
)
def test_silence_has_a_speaker_and_its_own_force(said, body):
    assert [force for _, _, _, force in said(body)] == ["no-comment"]


def test_he_is_the_topic_and_not_whoever_is_named_last(speaker_of):
    body = (
        "Senator Daniel Marsh opened the rally in Dayton. Marsh told the crowd that things would change. "
        "He compared himself with Warren Tate.\n\n"
        '"You live with broken roads and closed shops," he said.'
    )
    assert speaker_of(body, "broken roads") == "Daniel Marsh"
