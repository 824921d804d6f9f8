"""Label shares with the model's errors taken out, from many model labels and few human ones.

A model that is right nine times in ten still gives wrong shares, since its errors do not cancel. A random sample that
people judged tells how far off it is, and the correction keeps the interval honest. Sources: Egami, Hinck, Stewart &
Wei, Using Imperfect Surrogates for Downstream Inference (design-based supervised learning), NeurIPS 2023,
https://arxiv.org/abs/2306.04746; Angelopoulos et al., Prediction-Powered Inference, Science 382 (2023),
https://doi.org/10.1126/science.adi6000; the estimator is the difference estimator of Särndal, Swensson & Wretman, Model
Assisted Survey Sampling (1992), section 6.3.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from reports.judgements.table import Bools, Floats, Ints
from reports.statistics.intervals import Estimate
from reports.statistics.student import student_point

LEAST = 20
"""Fewer human-judged units than this in a group give no corrected share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Every unit that the model labelled, and what people say of those they judged.

    `model` has shape ``(units, labels)``, the model's label as 0 and 1; `people` the same shape, the shares of the
    annotators; `judged` ``(units,)`` which units people judged; `weight` one over the probability that they did;
    `cluster` the article of each unit.
    """

    model: Floats
    people: Floats
    judged: Bools
    weight: Floats
    cluster: Ints

    def part(self, rows: Bools) -> Corpus:
        """Some units alone."""
        values = {name: getattr(self, name)[rows] for name in self.__slots__}
        return replace(self, **values)


def corrected_shares(corpus: Corpus) -> list[dict[str, Estimate]]:
    """Each label's share: raw model, raw human and corrected, in the order of the labels.

    ``corrected = mean f + sum w (y - f) / sum w`` over judged units, with ``f`` the model's label, ``y`` people's
    share, ``w`` one over the probability of being judged. Its variance adds, cluster by cluster, each unit's pull on
    both terms (linearisation), and the interval uses Student's t on the clusters with human labels. The estimate is
    right whatever the model does, provided the sample was drawn by chance; a better model makes it narrower.
    """
    found = []
    enough = int(corpus.judged.sum()) >= LEAST
    few = f"{int(corpus.judged.sum())} of the units were judged by people, fewer than {LEAST}"
    weight = corpus.weight * corpus.judged
    everything = np.ones(len(corpus.judged))
    for place in range(corpus.model.shape[1]):
        model, people = corpus.model[:, place], corpus.people[:, place]
        mean, pull = _mean(model, everything)
        human, human_pull = _mean(people, weight)
        gap, gap_pull = _mean(people - model, weight)
        fixed = _estimate(mean + gap, pull + gap_pull, corpus, judged=True)
        found.append(
            {
                "model": _estimate(mean, pull, corpus, judged=False),
                "human": _estimate(human, human_pull, corpus, judged=True) if weight.any() else {"undefined": few},
                "corrected": fixed if enough else {"undefined": few},
            }
        )
    return found


def _mean(value: Floats, weight: Floats) -> tuple[float, Floats]:
    """A weighted mean and each unit's pull on it."""
    total = weight.sum()
    if total <= 0:
        return float("nan"), np.zeros(len(value))
    mean = float((weight * value).sum() / total)
    return mean, weight * (value - mean) / total


def _estimate(value: float, pull: Floats, corpus: Corpus, *, judged: bool) -> Estimate:
    by_cluster = np.bincount(np.unique(corpus.cluster, return_inverse=True)[1], weights=pull)
    clusters = len(np.unique(corpus.cluster[corpus.judged])) if judged else len(by_cluster)
    if clusters < 2:
        reason = "everything lies in one cluster, so nothing shows how other clusters would differ"
        return {"value": value, "low": None, "high": None, "no_interval": reason}
    error = float(np.sqrt(clusters / (clusters - 1) * (by_cluster**2).sum()))
    half = student_point(0.975, clusters - 1) * error
    return {"value": min(1.0, max(0.0, value)), "low": max(0.0, value - half), "high": min(1.0, value + half)}
