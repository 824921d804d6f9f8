"""Fit the coefficients that say how sure an attribution and a voice are, on our own judgements of licensed sentences.

The judgements stand in ``tests/attribute/judged.jsonl``: for rows of NewsMTSC's training split (MIT), whether each
attribution that the rules made there has the right content and source, and each sentence the right speaker. To fit
anew after the rules have changed: ``pytest tests/bench/test_confidence.py -m bench -s --data DATA``, which prints the
tables of `pipeline.attribute.confidence`. Judgements of what the rules no longer find fall away.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.attribute import confidence
from pipeline.attribute.confidence import Features
from pipeline.attribute.linking import find_all
from pipeline.attribute.organisations import Aliases
from pipeline.attribute.speakers import Speakers
from pipeline.attribute.stage import scene_of
from pipeline.attribute.voices import weigh_sentences
from pipeline.attribute.writing import write_attributions, write_speakers
from pipeline.config import AttributeConfig
from pipeline.records import Article, Attribution, Document
from pipeline.split.stage import Split

START_ATTRIBUTION = confidence.ATTRIBUTION
START_VOICE: Features = {"author": 2.2, "author, something reported": -1.0, "speaker, attribution": 1.0}
"""Where the fit starts from, set by hand: a coefficient moves away from it only as far as judgements pull it."""

_PULL = 1.0
_STEPS = 50
_SAME = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The two tables, and how many judgements each rests on."""

    attribution: Features
    voice: Features
    attributions: int
    voices: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One judgement: the features of what was judged, and whether it was right."""

    features: Features
    right: bool


def fit_confidence(sentences: Path, judged: Path) -> Fitted:
    """Fit both tables on `judged` rows of `sentences` (JSON Lines; a judgement names its row by number, from 0)."""
    texts = [json.loads(line)["sentence"] for line in sentences.open(encoding="utf-8")]
    rows = [json.loads(line) for line in judged.open(encoding="utf-8")]
    said: list[Example] = []
    voiced: list[Example] = []
    for row in rows:
        article, found, features, weights = _read(texts[row["row"]])
        said += _said(found, features, row["attributions"])
        voiced += _voiced(article, found, weights, row["voices"])
    return Fitted(
        attribution=fit(said, START_ATTRIBUTION),
        voice=fit(voiced, START_VOICE),
        attributions=len(said),
        voices=len(voiced),
    )


def fit(examples: Sequence[Example], start: Features) -> Features:
    """Coefficients of a logistic model, each pulled towards `start` (0 where it has none) as by one judgement.

    Minimises ``-log likelihood + pull / 2 * |coefficients - start|^2`` by Newton's method.
    """
    names = list(dict.fromkeys([*start, *sorted({name for each in examples for name in each.features})]))
    x = np.array([[each.features.get(name, 0.0) for name in names] for each in examples])
    y = np.array([each.right for each in examples], dtype=float)
    centre = np.array([start.get(name, 0.0) for name in names])
    at: NDArray[np.float64] = centre.copy()
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-(x @ at)))
        slope = x.T @ (p - y) + _PULL * (at - centre)
        curve = (x * (p * (1 - p))[:, None]).T @ x + _PULL * np.eye(len(names))
        at = at - np.linalg.solve(curve, slope)
    return dict(zip(names, (round(float(value), 2) for value in at), strict=True))


def _read(text: str) -> tuple[Article, list[Attribution], list[Features], list[float]]:
    """A text split into sentences, its attributions, and their features and weights."""
    document = Document(doc_id="s", text=text)
    (article,) = Split()([Article(document=document)])
    scene = scene_of(text, article.sentences or ())
    findings = find_all(scene)
    people = Speakers(scene, findings, Aliases({}))
    spoken = people.speak(findings)
    speakers = write_speakers("s", people.cast.members, (id(each.member) for each in spoken))
    found = list(write_attributions("s", scene, spoken, speakers))
    features: list[Features] = [confidence.attribution_features(text, each.finding) for each in spoken]
    return article, found, features, [each.finding.weight for each in spoken]


def _said(
    found: Sequence[Attribution], features: Sequence[Features], judged: Sequence[Mapping[str, Any]]
) -> Iterator[Example]:
    for each in judged:
        for attribution, described in zip(found, features, strict=True):
            if _is_same(attribution, each):
                yield Example(features=described, right=each["right"])
                break


def _is_same(found: Attribution, judged: Mapping[str, Any]) -> bool:
    """Whether an attribution is the one that was judged: its source, and nearly all of its content."""
    source = list(found.source) if found.source is not None else None
    ours = {at for piece in found.content for at in range(*piece)}
    theirs = {at for start, end in judged["content"] for at in range(start, end)}
    return source == judged["source"] and len(ours & theirs) >= _SAME * len(ours | theirs)


def _voiced(
    article: Article,
    found: Sequence[Attribution],
    weights: Sequence[float],
    judged: Sequence[Mapping[str, Any] | None],
) -> Iterator[Example]:
    """Judged voices that are still given to the author, or by the same cue, as when they were judged."""
    settings, text = AttributeConfig(), article.document.text
    forces, share = frozenset(settings.speaking_forces), settings.share_of_sentence
    sentences = article.sentences or ()
    weighed = weigh_sentences(text, sentences, found, forces=forces, share=share, weights=weights)
    for each, judgement in zip(weighed, judged, strict=False):
        if judgement is None or judgement["author"] != (each.found is None) or judgement["cue"] != _cue(each.found):
            continue
        words = text[each.sentence.span.start : each.sentence.span.end]
        features = confidence.voice_features(words, each.found, each.share)
        yield Example(features=features, right=judgement["right"])


def _cue(found: Attribution | None) -> list[int] | None:
    return None if found is None or found.cue is None else list(found.cue)
