"""Settled labels of a run as the gold files that ``onrecord evaluate`` reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.config import Config
from pipeline.prelabel.pairs import Asked, article_pairs
from pipeline.prelabel.targets import article_targets
from pipeline.records import Article
from pipeline.store import Run

Settled = Mapping[str, Any]
"""A row of `reports.statistics.gold.gold`."""
_KEPT = ("support", "judgements", "annotators", "saw", "inclusion_probability")


def heard_articles(path: Path, settled: Sequence[Settled]) -> Iterator[dict[str, Any]]:
    """Who speaks, as ``onrecord evaluate speakers`` reads it: one article of the run a row, in the order of the run.

    ``{id, title, text, voices [{start, end, speakers, support, judgements, annotators, saw}]}``: half-open code points
    of the sentences that are settled, and no others; ``speakers`` holds the name that people gave, ``author`` for the
    article's own voice. ``inclusion_probability`` stands beside these where it was logged. Sentences that the run no
    longer has are left out.
    """
    known = {row["sentence"]: row for row in settled}
    for article in Run.open(path).articles():
        voices = [
            {"start": sentence.span.start, "end": sentence.span.end, "speakers": [row["label"]]}
            | {name: row[name] for name in _KEPT if name in row}
            for sentence in article.sentences or ()
            if (row := known.get(sentence.sentence_id))
        ]
        if voices:
            document = article.document
            yield {"id": document.doc_id, "title": document.title, "text": document.text, "voices": voices}


def judged_rows(path: Path, question: str, settled: Sequence[Settled]) -> Iterator[dict[str, Any]]:
    """Labels toward targets as ``onrecord evaluate stance|sentiment`` reads them: each with the words that were judged.

    Where the run judged what somebody says and not the whole sentence, so does an evaluation: ``text`` has those words,
    ``mentions`` where in them the target is meant, ``foreign`` what the whole article tells of it (`Pair`),
    ``sentence_text`` the sentence, ``text_judged`` which of the two it was. ``reason`` stands where the run's label
    came by rule. Rows that the run has no answer to stay as they are.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    wanted = {(row.get("sentence"), row.get("target")) for row in settled}
    run = Run.open(path)
    config = run.settings()
    sentences = {sentence_id for sentence_id, _ in wanted}
    for article in run.articles():
        if sentences.isdisjoint(sentence.sentence_id for sentence in article.sentences or ()):
            continue
        for key, asked, reason in _answered(article, question, config):
            if key in wanted:
                found[key] = _words(article, asked) | ({"reason": reason} if reason else {})
    for row in settled:
        yield {**row, **found.get((row.get("sentence", ""), row.get("target", "")), {})}


def _answered(article: Article, question: str, config: Config) -> Iterator[tuple[tuple[str, str], Asked, str | None]]:
    """Each pair of an article that the run answered `question` about, with the rule's reason where it was a rule."""
    answers = {
        (each.sentence_id, each.target): each.reason for each in article.predictions or () if each.question == question
    }
    targets = config.targets or article_targets(article, most=config.prelabel.default_targets)
    for asked in article_pairs(article, targets) if answers else ():
        key = asked.sentence.sentence_id, asked.target.name
        if key in answers:
            yield key, asked, answers[key]


def _words(article: Article, asked: Asked) -> dict[str, Any]:
    return {
        "text": asked.pair.text,
        "mentions": [[mention.start, mention.end] for mention in asked.pair.mentions],
        "foreign": asked.pair.foreign,
        "sentence_text": article.text_of(asked.sentence),
        "text_judged": asked.text_judged,
    }
