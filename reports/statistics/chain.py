"""The chain: how much disagreement about the stance comes with disagreement about who is speaking."""

from __future__ import annotations

from typing import Any

import numpy as np

from reports.judgements.table import SPEAKER, Floats, Ints, Judgements
from reports.statistics.intervals import DRAWS, Draws, Spread, bootstrap
from reports.statistics.sums import add_up


def chain(judgements: Judgements, draws: Draws = DRAWS) -> dict[str, Any]:
    """For every other question: how its disagreements hang on the speaker; ``{"undefined": reason}`` without speakers.

    ``{question: {pairs, same_speaker E, agreement_same_speaker E, agreement_other_speaker E, difference E,
    disagreements_with_other_speaker E, avoidable E} | {"undefined": reason}}``. A pair is two annotators' judgements
    of one unit, who both also said who speaks its sentence. ``disagreements_with_other_speaker`` is the share of the
    disagreements that come with another speaker; ``avoidable`` the share that would go if pairs with another speaker
    disagreed only as often as pairs with the same: the attributable fraction (Miettinen, Am. J. Epidemiology 99, 1974,
    https://doi.org/10.1093/oxfordjournals.aje.a121617). It is an association: a hard sentence may cause both.
    """
    if SPEAKER not in judgements.question.names or "sentence" not in judgements.factors:
        return {"undefined": "nobody was asked who speaks (question `speaker`, column `sentence`)"}
    said = judgements.of(SPEAKER).first_looks()
    others = [name for name in judgements.question.names if name != SPEAKER]
    if not others:
        return {"undefined": "only the speaker was asked for"}
    found: dict[str, Any] = {}
    for name in others:
        rows = judgements.of(name).first_looks()
        speaker = _speakers(rows, said)
        found[name] = _links(rows.where(speaker >= 0), speaker[speaker >= 0], draws)
    return found


def _speakers(rows: Judgements, said: Judgements) -> Ints:
    """Whom each judgement's annotator named as the speaker of its sentence; -1 where they named nobody."""
    size = len(said.annotator.names)
    keys = said.factors["sentence"].codes * size + said.annotator.codes
    order = np.argsort(keys)
    wanted = rows.factors["sentence"].codes * size + rows.annotator.codes
    place = np.minimum(np.searchsorted(keys[order], wanted), max(len(keys) - 1, 0))
    if not len(keys):
        return np.full(len(rows), -1, dtype=np.int64)
    hit = (keys[order][place] == wanted) & (rows.factors["sentence"].codes >= 0)
    named: Ints = np.where(hit, said.label.codes[order][place], -1)
    return named


def _links(rows: Judgements, speaker: Ints, draws: Draws) -> dict[str, Any]:
    unit, cluster = rows.unit.codes, rows.cluster.codes
    label = rows.label.codes
    alike = {
        "all": _pairs_in((unit,), cluster),
        "speaker": _pairs_in((unit, speaker), cluster),
        "label": _pairs_in((unit, label), cluster),
        "both": _pairs_in((unit, speaker, label), cluster),
    }
    if not alike["all"].sum():
        return {"undefined": "no two annotators judged the same unit and said who speaks it"}
    used, dense = np.unique(cluster, return_inverse=True)
    sums = add_up(np.column_stack(list(alike.values())), dense, len(used))
    spread = bootstrap(sums, _statistics, draws=draws)
    return {"pairs": int(alike["all"].sum()), **_named(spread)}


def _pairs_in(columns: tuple[Ints, ...], cluster: Ints) -> Floats:
    """Pairs of rows that are alike in `columns`, spread evenly over the rows they are made of: shape ``(rows,)``."""
    mark = np.zeros(len(cluster), dtype=np.int64)
    for column in columns:
        mark = np.unique(mark * (int(column.max(initial=0)) + 1) + column, return_inverse=True)[1]
    size = np.bincount(mark)[mark] if len(mark) else np.empty(0)
    return (size - 1) / 2


def _statistics(sums: Floats) -> Floats:
    pairs, speaker, label, both = sums.T
    with np.errstate(invalid="ignore", divide="ignore"):
        same, other = both / speaker, (label - both) / (pairs - speaker)
        apart = pairs - label
        apart_other = (pairs - speaker) - (label - both)
        avoidable = 1 - (1 - same) * pairs / apart
        table = np.column_stack([speaker / pairs, same, other, same - other, apart_other / apart, avoidable])
    table[~np.isfinite(table)] = np.nan
    return table


def _named(spread: Spread) -> dict[str, Any]:
    nobody = "no pair of annotators named different speakers"
    reasons = {
        "same_speaker": "no pairs",
        "agreement_same_speaker": "no pair of annotators named the same speaker",
        "agreement_other_speaker": nobody,
        "difference": nobody,
        "disagreements_with_other_speaker": "there are no disagreements",
        "avoidable": "there are no disagreements, or no pair named the same speaker",
    }
    return {name: spread.estimate(place, reason) for place, (name, reason) in enumerate(reasons.items())}
