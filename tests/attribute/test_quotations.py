from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from pipeline.attribute.quotations import find_quotations
from pipeline.split.paragraphs import paragraphs
from tests.strategies import texts


def _found(text):
    return [
        (quote.kind, " | ".join(text[piece.start : piece.end] for piece in quote.pieces))
        for quote in find_quotations(text, paragraphs(text))
    ]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "we are done now" and left.', '"we are done now"'),
        ("He said “we are done now” and left.", "“we are done now”"),
        ("He said ''we are done now'' and left.", "''we are done now''"),
        ("He said ‘we are done now,’ and left.", "‘we are done now,’"),
        ("'We are done now,' he said.", "'We are done now,'"),
        ('He said “we are done now" and left.', '“we are done now"'),
        ("”We are done with this now,” he said.", "”We are done with this now,”"),
        ("“It’s the dog’s dinner, isn’t it,” he said.", "“It’s the dog’s dinner, isn’t it,”"),
        ("He said “she told me ‘go away’ and I went,” and left.", "“she told me ‘go away’ and I went,”"),
        ("He said “we are done with all of it.", "“we are done with all of it."),
    ],
)
def test_marks_of_every_kind(text, quoted):
    assert [piece for _, piece in _found(text)] == [quoted]


def test_a_quotation_over_paragraphs_is_one():
    text = "He said: “It began in May and went on.\n\n“Then it stopped.” She left."
    assert _found(text) == [("speech", "“It began in May and went on. | “Then it stopped.”")]


def test_an_unclosed_quotation_ends_with_its_paragraph():
    text = "“It began in May and went on.\n\nThe council met on Friday."
    assert _found(text) == [("speech", "“It began in May and went on.")]


def test_apostrophes_and_inches_open_nothing():
    assert _found("The dogs' dinner wasn't Tom's, and the 6\" pipe of the '90s is no one's.") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The so-called “quick fix” failed.", "scare"),
        ("She sang in the film “The Long Way Home” in May.", "title"),
        ("“We will not go back there,” she said.", "speech"),
    ],
)
def test_what_kind(text, kind):
    assert [found for found, _ in _found(text)] == [kind]


@given(texts)
def test_quotations_lie_within_paragraphs_in_order(text):
    spans = paragraphs(text)
    pieces = [piece for quote in find_quotations(text, spans) for piece in quote.pieces]
    assert pieces == sorted(pieces)
    assert all(one.end <= other.start for one, other in pairwise(pieces))
    assert all(any(span.covers(piece) for span in spans) for piece in pieces)
