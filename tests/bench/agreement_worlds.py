"""Made-up worlds whose true values are known: what intervals and tests are measured against."""

from __future__ import annotations

import numpy as np

from reports.statistics.corrected import Corpus
from reports.statistics.ratings import Ratings


def annotated(random, articles, *, size=8, raters=3, error=(1.2, 2.5), neutral=0.4):
    """Ratings whose articles differ in what they say and in how hard they are."""
    truth, article = _truths(random, articles, size, neutral)
    hard = random.beta(*error, articles)[article]
    wrong = random.random((len(truth), raters)) < hard[:, None]
    return _ratings(np.where(wrong, random.integers(0, 3, wrong.shape), truth[:, None]), article)


def unclustered(ratings):
    """The same ratings, each unit drawn by itself."""
    return Ratings(
        **{name: getattr(ratings, name) for name in Ratings.__slots__ if name != "cluster"},
        cluster=np.arange(ratings.units),
    )


def corpus(random, articles, *, size=10, drawn=0.15, bias=0.15, uneven=False):
    """A corpus whose model says favor too often; `drawn` of its units are judged, rightly.

    With `uneven`, units that the model calls favor are drawn three times as often, with their probability known.
    """
    truth, article = _truths(random, articles, size, 0.4)
    hard = random.beta(1, 3, articles)[article]
    model = np.where(random.random(len(truth)) < hard, random.integers(0, 3, len(truth)), truth)
    model = np.where(random.random(len(truth)) < bias, 0, model)
    probability = np.where(model == 0, drawn * 2, drawn * 0.7) if uneven else np.full(len(truth), drawn)
    judged = random.random(len(truth)) < probability
    people = np.eye(3)[truth] * judged[:, None]
    return Corpus(model=np.eye(3)[model], people=people, judged=judged, weight=1 / probability, cluster=article)


def people_and_model(random, articles, *, size=5, model_skill=0.54, people=3):
    """Ratings and a model's labels; hard articles are hard for both."""
    hard = np.repeat(random.beta(2, 5, articles), size)
    truth = random.integers(0, 3, articles * size)
    skill = 1 - 0.7 * hard[:, None]
    rows = np.where(
        random.random((len(truth), people)) < skill, truth[:, None], random.integers(0, 3, (len(truth), people))
    )
    right = random.random(len(truth)) < model_skill * skill[:, 0] / 0.8
    model = np.where(right, truth, random.integers(0, 3, len(truth)))
    return _ratings(rows, np.repeat(np.arange(articles), size), ordered=False), model


def million(random):
    """200,000 units x 5 annotators, 20,000 articles."""
    truth = random.integers(0, 3, 200_000)
    right = random.random((200_000, 5)) < 0.8
    return _ratings(np.where(right, truth[:, None], random.integers(0, 3, right.shape)), np.arange(200_000) // 10)


def _truths(random, articles, size, neutral):
    shift = random.normal(0, 0.8, articles)
    odds = np.exp(np.stack([shift, np.full(articles, neutral), -shift], axis=1))
    shares = np.cumsum(odds / odds.sum(axis=1, keepdims=True), axis=1)
    article = np.repeat(np.arange(articles), size)
    return (random.random(len(article))[:, None] > shares[article]).sum(axis=1), article


def _ratings(rows, article, *, ordered=True):
    units, raters = rows.shape
    return Ratings(
        labels=("favor", "neutral", "against"),
        values=np.arange(3.0) if ordered else None,
        unit=np.repeat(np.arange(units), raters),
        annotator=np.tile(np.arange(raters), units),
        label=rows.ravel(),
        cluster=article,
        weight=np.ones(units),
        annotators=tuple(f"r{who}" for who in range(raters)),
    )
