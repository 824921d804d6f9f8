"""How well sentences are given to speakers, measured against articles marked by hand.

*who speaks*: a sentence with at least two letters or digits belongs to the source of the attribution whose content
covers most of them, if at least 30 %, else to the author. *f1*: attributions matched one to one by content (greedy,
overlap over union at least .5), right when the sources have the same head word. Every score comes with an interval
from resampling articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np

from pipeline.evaluate.attribution_gold import GoldArticle, head_word, read_marked
from pipeline.evaluate.intervals import Floats, bootstrap_score
from pipeline.records import AUTHOR, Article, Attribution, AttributionType, Speaker
from pipeline.stage import Stage, run_stages

_SHARE = 0.3
_OVERLAP = 0.5
_SPEAKING = ("speech", "no-comment")
_TYPES: tuple[AttributionType, ...] = ("direct", "indirect", "mixed")
_BATCH = 16


class Claim(NamedTuple):
    """An attribution reduced to what is scored: letters and digits of its content, its source, type and force."""

    content: frozenset[int]
    head: str
    names: frozenset[str]
    type: AttributionType
    speech: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """Something scored wrong: what kind, the article and place, its text, what was wanted and what was found."""

    kind: Literal["sentence", "missed", "invented", "source"]
    doc_id: str
    start: int
    text: str
    wanted: str
    found: str


def evaluate_attribution(
    gold_path: Path, stages: Sequence[Stage], *, resamples: int = 1000, seed: int = 0
) -> dict[str, Any]:
    """Run `stages` (to attributions) over marked articles and score them.

    Returns ``who_speaks`` (``all``, ``speech_only``), ``f1`` and ``f1_speech_only`` (``all``, ``direct``,
    ``indirect``, ``mixed``), ``content_chars_f1`` and ``source_head_f1`` with their ``_speech_only`` fellows, each
    ``{"value", "low", "high"}`` (95 % percentile interval over `resamples` draws of articles), and ``n``.
    Raises InputError for a file that cannot be used.
    """
    gold = read_marked(gold_path)
    counts = [_count(article, marked) for article, marked in zip(_attributed(gold, stages), gold, strict=True)]
    scores: dict[str, Any] = {}
    for name, (top, bottom) in _RATIOS.items():
        *path, last = name.split(".")
        home = scores
        for part in path:
            home = home.setdefault(part, {})
        sums = np.array([[row[key] for key in (*top, *bottom)] for row in counts], dtype=float)
        home[last] = bootstrap_score(sums, _f1 if len(top) == 2 else _share, resamples=resamples, seed=seed)
    return {**scores, "n": {"articles": len(gold), "sentences": sum(row["sentences"] for row in counts)}}


def worst_mistakes(gold_path: Path, stages: Sequence[Stage], *, limit: int = 50) -> list[Mistake]:
    """What is scored wrong in the articles with the largest share of wrong sentences, worst article first.

    Within an article in the order of the text. Raises InputError for a file that cannot be used.
    """
    gold = read_marked(gold_path)
    pairs = list(zip(_attributed(gold, stages), gold, strict=True))
    pairs.sort(key=lambda pair: _share_right(_count(*pair)))
    return [mistake for pair in pairs for mistake in _mistakes(*pair)][:limit]


def _attributed(gold: Sequence[GoldArticle], stages: Sequence[Stage]) -> Iterable[Article]:
    articles = [Article(document=marked.document) for marked in gold]
    for start in range(0, len(articles), _BATCH):
        yield from run_stages(stages, articles[start : start + _BATCH])


def _gold_claims(marked: GoldArticle) -> list[Claim]:
    text = marked.document.text
    claims = []
    for found in marked.attributions:
        source = text[found.source[0].start : found.source[0].end] if found.source else ""
        head = head_word(source)
        names = frozenset({head, _bare(source)} - {""})
        claims.append(Claim(_letters(text, found.content), head, names, found.type, found.speech))
    return claims


def _found_claims(article: Article) -> list[Claim]:
    speakers = {speaker.speaker_id: speaker for speaker in article.speakers or ()}
    return [_found_claim(article, found, speakers[found.speaker_id]) for found in article.attributions or ()]


def _found_claim(article: Article, found: Attribution, speaker: Speaker) -> Claim:
    head = head_word(article.text_of(found.source)) if found.source else ""
    named = [] if speaker.kind in (AUTHOR, "unknown") else [speaker.name, *speaker.aliases]
    names = frozenset({head, *map(head_word, named), *map(_bare, named)} - {""})
    content = _letters(article.document.text, found.content)
    return Claim(content, head, names, found.type, found.force in _SPEAKING)


def _bare(name: str) -> str:
    """A name for comparing: lower case, without article or possessive."""
    return name.lower().removeprefix("the ").removesuffix("'s").removesuffix("’s")


def _letters(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(at for start, end in spans for at in range(start, end) if text[at].isalnum())


def _speaker_of(sentence: frozenset[int], claims: Sequence[Claim]) -> Claim | None:
    """The claim that covers most of a sentence, if it covers enough of it."""
    best = max(claims, key=lambda claim: len(claim.content & sentence), default=None)
    if best is None or len(best.content & sentence) < _SHARE * len(sentence):
        return None
    return best


def _same_speaker(wanted: Claim | None, found: Claim | None) -> bool:
    if wanted is None or found is None:
        return wanted is found
    return wanted.head == found.head or bool(wanted.names & found.names)


def _match(wanted: Sequence[Claim], found: Sequence[Claim]) -> list[tuple[int, int]]:
    """Pairs (index wanted, index found) by content, the closest first, each used once."""
    pairs = []
    for i, left in enumerate(wanted):
        for j, right in enumerate(found):
            shared = len(left.content & right.content)
            if shared and (overlap := shared / (len(left.content) + len(right.content) - shared)) >= _OVERLAP:
                pairs.append((-overlap, i, j))
    taken: list[tuple[int, int]] = []
    for _, i, j in sorted(pairs):
        if all(i != i2 and j != j2 for i2, j2 in taken):
            taken.append((i, j))
    return taken


def _sentences(article: Article) -> list[frozenset[int]]:
    letters = [_letters(article.document.text, [sentence.span]) for sentence in article.sentences or ()]
    return [sentence for sentence in letters if len(sentence) >= 2]


def _count(article: Article, marked: GoldArticle) -> dict[str, int]:
    wanted, found = _gold_claims(marked), _found_claims(article)
    sentences = _sentences(article)
    counts = {"sentences": len(sentences)}
    for key, left, right in (("all", wanted, found), ("speech", _speech(wanted), _speech(found))):
        right_sentences = [_same_speaker(_speaker_of(each, left), _speaker_of(each, right)) for each in sentences]
        counts[f"{key}.sentences"] = sum(right_sentences)
        counts |= _claim_counts(key, left, right)
    return counts


def _claim_counts(key: str, wanted: Sequence[Claim], found: Sequence[Claim]) -> dict[str, int]:
    right = [(i, j) for i, j in _match(wanted, found) if wanted[i].head == found[j].head]
    counts = {f"{key}.wanted": len(wanted), f"{key}.found": len(found), f"{key}.right": 2 * len(right)}
    for kind in _TYPES:
        counts[f"{key}.wanted.{kind}"] = sum(claim.type == kind for claim in wanted)
        counts[f"{key}.found.{kind}"] = sum(claim.type == kind for claim in found)
        counts[f"{key}.recalled.{kind}"] = sum(wanted[i].type == kind for i, _ in right)
        counts[f"{key}.precise.{kind}"] = sum(found[j].type == kind for _, j in right)
    return counts | _overlap_counts(key, wanted, found)


def _overlap_counts(key: str, wanted: Sequence[Claim], found: Sequence[Claim]) -> dict[str, int]:
    pairs = {
        "chars": tuple(frozenset[int]().union(*(claim.content for claim in side)) for side in (wanted, found)),
        "heads": tuple({claim.head for claim in side if claim.head} for side in (wanted, found)),
    }
    counts = {}
    for name, (left, right) in pairs.items():
        counts[f"{key}.{name}.both"] = 2 * len(left & right)
        counts[f"{key}.{name}.sizes"] = len(left) + len(right)
    return counts


def _speech(claims: Sequence[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.speech]


def _ratios() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Which counts make each score: by type precision and recall (four counts), else a sum over a sum."""
    ratios: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for key, suffix in (("all", ""), ("speech", "_speech_only")):
        ratios[f"who_speaks.{'all' if key == 'all' else 'speech_only'}"] = ((f"{key}.sentences",), ("sentences",))
        ratios[f"f1{suffix}.all"] = ((f"{key}.right",), (f"{key}.wanted", f"{key}.found"))
        for kind in _TYPES:
            right = (f"{key}.recalled.{kind}", f"{key}.precise.{kind}")
            ratios[f"f1{suffix}.{kind}"] = (right, (f"{key}.wanted.{kind}", f"{key}.found.{kind}"))
        ratios[f"content_chars_f1{suffix}"] = ((f"{key}.chars.both",), (f"{key}.chars.sizes",))
        ratios[f"source_head_f1{suffix}"] = ((f"{key}.heads.both",), (f"{key}.heads.sizes",))
    return ratios


_RATIOS = _ratios()


def _share(sums: Floats) -> Floats:
    """A count over the sum of the other counts; columns as in `_RATIOS`, one score a row."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(sums[:, 0] / sums[:, 1:].sum(axis=1))


def _f1(sums: Floats) -> Floats:
    """F1 from columns (right wanted, right found, wanted, found), one score a row; nan where nothing was wanted."""
    right_wanted, right_found, wanted, found = sums.T
    with np.errstate(invalid="ignore", divide="ignore"):
        recall, precision = right_wanted / wanted, right_found / np.maximum(found, 1)
        return np.asarray(np.where(recall + precision > 0, 2 * recall * precision / (recall + precision), recall))


def _share_right(counts: dict[str, int]) -> float:
    return counts["all.sentences"] / max(counts["sentences"], 1)


def _mistakes(article: Article, marked: GoldArticle) -> list[Mistake]:
    wanted, found = _gold_claims(marked), _found_claims(article)
    mistakes = []
    for sentence in _sentences(article):
        left, right = _speaker_of(sentence, wanted), _speaker_of(sentence, found)
        if not _same_speaker(left, right):
            mistakes.append(_mistake("sentence", article, sentence, left, right))
    pairs = dict(_match(wanted, found))
    for i, claim in enumerate(wanted):
        if i not in pairs:
            mistakes.append(_mistake("missed", article, claim.content, claim, None))
        elif claim.head != found[pairs[i]].head:
            mistakes.append(_mistake("source", article, claim.content, claim, found[pairs[i]]))
    taken = set(pairs.values())
    mistakes += [_mistake("invented", article, c.content, None, c) for j, c in enumerate(found) if j not in taken]
    return sorted(mistakes, key=lambda mistake: mistake.start)


def _mistake(
    kind: Literal["sentence", "missed", "invented", "source"],
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
