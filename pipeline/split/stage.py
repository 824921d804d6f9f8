"""The stage `split`: documents in, sentences out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version

from pipeline.frontmatter import read_front
from pipeline.records import Article, Document, Sentence, SentenceKind, Span
from pipeline.split.paragraphs import paragraphs, visible
from pipeline.split.sentences import sentences
from pipeline.stage import code_digest, fingerprint

_CREDIT = re.compile(
    r"^[(\[]?(?:(?:additional\s+)?(?:reporting|writing|editing|compiled|translated)\s+(?:and\s+\w+\s+)?by\b"
    r"|copyright\b|©|all rights reserved\b)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\w")


class Split:
    """Cut each document into sentences and say of each whether it is headline, dateline, metadata or body."""

    name = "split"
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ("sentences",)

    @property
    def fingerprint(self) -> str:
        """Changes with the rules here and with the version of sentencex."""
        rules = code_digest(__package__, "pipeline.frontmatter", "pipeline.dates", "pipeline.letters")
        return fingerprint("split", rules, version("sentencex"))

    def __call__(self, articles: Sequence[Article]) -> list[Article]:
        """Return the articles with their `sentences`, in the order of the text."""
        return [replace(article, sentences=split_document(article.document)) for article in articles]


def split_document(document: Document) -> tuple[Sentence, ...]:
    """Cut one document into sentences, in the order of the text.

    Every visible character lies in exactly one sentence. Ids are ``{doc_id}:s{index}``; `paragraph` counts lines
    that hold text, so a headline and the date glued to it share one.
    """
    found = _kinds_and_spans(document)
    return tuple(
        Sentence(sentence_id=f"{document.doc_id}:s{index}", index=index, paragraph=paragraph, span=span, kind=kind)
        for index, (paragraph, span, kind) in enumerate(found)
    )


def _kinds_and_spans(document: Document) -> Iterator[tuple[int, Span, SentenceKind]]:
    text = document.text
    front = read_front(text, document.title)
    apart: list[tuple[Span, SentenceKind]] = [(span, "metadata") for span in front.metadata]
    apart += [(front.headline, "headline")] if front.headline else []
    apart += [(front.dateline, "dateline")] if front.dateline else []
    for number, paragraph in enumerate(paragraphs(text)):
        inside = sorted((piece, kind) for piece, kind in apart if paragraph.overlaps(piece))
        for piece, kind in _cut_out(text, paragraph, inside):
            if kind != "body":
                yield number, piece, kind
                continue
            for span in sentences(text, piece):
                yield number, span, _body_kind(text, span)


def _cut_out(
    text: str, paragraph: Span, apart: Sequence[tuple[Span, SentenceKind]]
) -> Iterator[tuple[Span, SentenceKind]]:
    """The pieces of a paragraph: those that stand apart, and the body between them."""
    at = paragraph.start
    for span, kind in apart:
        start, end = max(span.start, at), min(span.end, paragraph.end)
        if text[at:start].strip():
            yield Span(at, start), "body"
        if text[start:end].strip():
            yield visible(text, Span(start, end)), kind
        at = max(at, end)
    if text[at : paragraph.end].strip():
        yield visible(text, Span(at, paragraph.end)), "body"


def _body_kind(text: str, span: Span) -> SentenceKind:
    """A rule of dashes and a line of credits are metadata; all else in the body is body."""
    sentence = text[span.start : span.end]
    return "metadata" if not _LETTER.search(sentence) or _CREDIT.match(sentence) else "body"
