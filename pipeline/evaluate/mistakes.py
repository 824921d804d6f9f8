"""What attribution gets wrong, with its text: the way to the next rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.evaluate.attribution_gold import GoldArticle
from pipeline.evaluate.claims import (
    Claim,
    found_claims,
    gold_claims,
    match,
    same_speaker,
    sentences_to_score,
    speaker_of,
)
from pipeline.records import AUTHOR, Article, Document
from pipeline.stage import Stage, batches, run_stages

_BATCH = 16
Kind = Literal["sentence", "missed", "invented", "source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """Something scored wrong: what kind, the article and place, its text, what was wanted and what was found."""

    kind: Kind
    doc_id: str
    start: int
    text: str
    wanted: str
    found: str


def worst_mistakes(pairs: Iterable[tuple[Article, GoldArticle]], *, limit: int = 50) -> list[Mistake]:
    """What is scored wrong in attributed articles beside their marks, worst article first: most sentences are wrong.

    Within an article in the order of the text.
    """
    worst = sorted(pairs, key=lambda pair: _share_right(*pair))
    return [mistake for pair in worst for mistake in _mistakes(*pair)][:limit]


def attributed(documents: Sequence[Document], stages: Sequence[Stage]) -> Iterator[Article]:
    """The articles of `documents` run through `stages`, in order, a few at a time."""
    for some in batches(documents, _BATCH):
        yield from run_stages(stages, [Article(document=document) for document in some])


def _share_right(article: Article, marked: GoldArticle) -> float:
    wanted, found = gold_claims(marked), found_claims(article)
    sentences = [letters for _, letters in sentences_to_score(article)]
    right = sum(same_speaker(speaker_of(each, wanted), speaker_of(each, found)) for each in sentences)
    return right / max(len(sentences), 1)


def _mistakes(article: Article, marked: GoldArticle) -> list[Mistake]:
    wanted, found = gold_claims(marked), found_claims(article)
    mistakes = []
    for _, sentence in sentences_to_score(article):
        left, right = speaker_of(sentence, wanted), speaker_of(sentence, found)
        if not same_speaker(left, right):
            mistakes.append(_mistake("sentence", article, sentence, left, right))
    pairs = dict(match(wanted, found))
    for i, claim in enumerate(wanted):
        if i not in pairs:
            mistakes.append(_mistake("missed", article, claim.content, claim, None))
        elif claim.head != found[pairs[i]].head:
            mistakes.append(_mistake("source", article, claim.content, claim, found[pairs[i]]))
    taken = set(pairs.values())
    mistakes += [_mistake("invented", article, c.content, None, c) for j, c in enumerate(found) if j not in taken]
    return sorted(mistakes, key=lambda mistake: mistake.start)


def _mistake(
    kind: Kind,
    article: Article,
    letters: frozenset[int],
    wanted: Claim | None,
    found: Claim | None,
) -> Mistake:
    start, end = (min(letters), max(letters) + 1) if letters else (0, 0)
    sides = [AUTHOR if claim is None else claim.head or "unknown" for claim in (wanted, found)]
    return Mistake(
        kind=kind,
        doc_id=article.document.doc_id,
        start=start,
        text=article.document.text[start:end],
        wanted=sides[0],
        found=sides[1],
    )
