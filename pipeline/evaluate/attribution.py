"""How well sentences are given to speakers, measured against articles marked by hand.

*who speaks*: a sentence with at least two letters or digits belongs to the source of the attribution whose content
covers most of them, if at least 30 %, else to the author. *f1*: attributions matched one to one by content (greedy,
overlap over union at least .5), right when the sources have the same head word. Every score comes with an interval
from resampling articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.evaluate.attribution_gold import read_marked
from pipeline.evaluate.claims import (
    Claim,
    found_claims,
    gold_claims,
    match,
    same_speaker,
    sentences_to_score,
    speaker_of,
    speech_only,
)
from pipeline.evaluate.intervals import Floats, bootstrap_score
from pipeline.evaluate.mistakes import attributed, worst_mistakes
from pipeline.evaluate.reliability import Outcome, reliability
from pipeline.records import Article, AttributionType
from pipeline.stage import Stage

_TYPES: tuple[AttributionType, ...] = ("direct", "indirect", "mixed")


def evaluate_attribution(
    gold_path: Path, stages: Sequence[Stage], *, resamples: int = 1000, seed: int = 0, errors: int = 0
) -> dict[str, Any]:
    """Run `stages` (to attributions) over marked articles and score them.

    Returns ``who_speaks`` (``all``, ``speech_only``), ``f1`` and ``f1_speech_only`` (``all``, ``direct``,
    ``indirect``, ``mixed``), ``content_chars_f1`` and ``source_head_f1`` with their ``_speech_only`` fellows, each
    ``{"value", "low", "high"}`` (95 % percentile interval over `resamples` draws of articles), ``reliability`` of the
    confidence of ``attributions`` and of ``voices`` (see `reliability`), and ``n``; if asked for, as many ``errors``
    (see `worst_mistakes`).
    Raises InputError for a file that cannot be used.
    """
    gold = read_marked(gold_path)
    counts, said, voiced, pairs = [], [], [], []
    for article, marked in zip(attributed([marked.document for marked in gold], stages), gold, strict=True):
        if errors:
            pairs.append((article, marked))
        wanted, found = gold_claims(marked), found_claims(article)
        counts.append(_count(article, wanted, found))
        said.append(_judged_attributions(article, wanted, found))
        voiced.append(_judged_voices(article, wanted, found))
    scores: dict[str, Any] = {}
    for name, (top, bottom) in _RATIOS.items():
        *path, last = name.split(".")
        home = scores
        for part in path:
            home = home.setdefault(part, {})
        sums = np.array([[row[key] for key in (*top, *bottom)] for row in counts], dtype=float)
        home[last] = bootstrap_score(sums, _f1 if len(top) == 2 else _share, resamples=resamples, seed=seed)
    scores["reliability"] = {
        "attributions": reliability(said, resamples=resamples, seed=seed),
        "voices": reliability(voiced, resamples=resamples, seed=seed),
    }
    if errors:
        scores["errors"] = [asdict(mistake) for mistake in worst_mistakes(pairs, limit=errors)]
    return {**scores, "n": {"articles": len(gold), "sentences": sum(row["sentences"] for row in counts)}}


def _judged_attributions(article: Article, wanted: Sequence[Claim], found: Sequence[Claim]) -> list[Outcome]:
    """An attribution is right if one with its content is marked, and has its source or its speaker."""
    right = {j for i, j in match(wanted, found) if same_speaker(wanted[i], found[j])}
    return [Outcome(each.confidence, j in right) for j, each in enumerate(article.attributions or ())]


def _judged_voices(article: Article, wanted: Sequence[Claim], found: Sequence[Claim]) -> list[Outcome]:
    """A voice is right if the sentence has the same speaker by the marks of speech: only speech gives a voice."""
    by_id = {each.attribution_id: claim for each, claim in zip(article.attributions or (), found, strict=True)}
    voices = {voice.sentence_id: voice for voice in article.voices or ()}
    spoken = speech_only(wanted)
    judged = []
    for sentence, letters in sentences_to_score(article):
        voice = voices.get(sentence.sentence_id)
        if voice is not None:
            claim = by_id[voice.attribution_id] if voice.attribution_id is not None else None
            judged.append(Outcome(voice.confidence, same_speaker(speaker_of(letters, spoken), claim)))
    return judged


def _count(article: Article, wanted: Sequence[Claim], found: Sequence[Claim]) -> dict[str, int]:
    sentences = [letters for _, letters in sentences_to_score(article)]
    counts = {"sentences": len(sentences)}
    for key, left, right in (("all", wanted, found), ("speech", speech_only(wanted), speech_only(found))):
        right_sentences = [same_speaker(speaker_of(each, left), speaker_of(each, right)) for each in sentences]
        counts[f"{key}.sentences"] = sum(right_sentences)
        counts |= _claim_counts(key, left, right)
    return counts


def _claim_counts(key: str, wanted: Sequence[Claim], found: Sequence[Claim]) -> dict[str, int]:
    right = [(i, j) for i, j in match(wanted, found) if wanted[i].head == found[j].head]
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
