"""What the corpus says: label shares per speaker, target, outlet and month, with the model's errors taken out.

Raw model, raw human and corrected shares stand side by side; `corrected` says how the correction works.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from reports.judgements.run_tables import OUT_OF_FRAME
from reports.judgements.table import Bools, Judgements
from reports.statistics.consensus import MODEL_LABELS, soft_labels
from reports.statistics.corrected import Corpus, corrected_shares
from reports.statistics.gold import was_shown
from reports.statistics.ratings import ratings

GROUPINGS: tuple[tuple[str, ...], ...] = (("speaker", "target"), ("speaker",), ("target",), ("outlet",), ("month",))
_MOST = 40


def conclusions(judgements: Judgements, question: str, predictions: Judgements | None) -> dict[str, Any]:
    """Label shares over the corpus and its groups: raw model, raw human, corrected; or ``{"undefined": reason}``.

    ::

        model, model_units, human_units, labels (of more than 30 those that people gave most often)
        out_of_frame  how many labels of the model (of all questions) are of sentences that could not be drawn: they are
                      no part of the corpus here
        probability   "logged" | "not logged: people's units are taken as a simple random sample"
        evidence      "blind judgements" | "all judgements: the file does not say what annotators saw"
        groups        {"all": [row], "speaker and target": [row], "speaker": ..., "target", "outlet", "month"}
        row           {name {speaker, target, ...}, units, human_units, labels {label: {model E, human E, corrected E}}}

    Who speaks is not grouped by the speaker. Rows with most units first, 40 at most. Publish the corrected shares; the
    raw ones stand beside them to show how much the correction moves.
    """
    if predictions is None or question not in predictions.question.names:
        return {"undefined": "no predictions over the corpus: give the run that the sample was drawn from"}
    rows, blind_only = _evidence(judgements, question)
    machine = _one_model(predictions.of(question))
    labels = _labels(judgements, question)
    corpus, logged = _corpus(rows, machine, question, labels)
    if not corpus.judged.any():
        return {"undefined": "no unit that the model labelled was judged by people who did not see its label"}
    return {
        "model": machine.annotator.value(0),
        "labels": list(labels),
        "model_units": len(corpus.judged),
        "human_units": int(corpus.judged.sum()),
        "out_of_frame": sum(each.count for each in predictions.account.left_out if each.reason == OUT_OF_FRAME),
        "probability": "logged" if logged else "not logged: people's units are taken as a simple random sample",
        "evidence": "blind judgements" if blind_only else "all judgements: the file does not say what annotators saw",
        "groups": {
            "all": [_row({}, corpus, labels)],
            **{" and ".join(by): _rows(by, corpus, machine, labels) for by in GROUPINGS if question not in by},
        },
    }


def _labels(judgements: Judgements, question: str) -> tuple[str, ...]:
    """The labels, in their order; of more than `MODEL_LABELS` (names of speakers) those that people gave most often."""
    rated = ratings(judgements, question)
    given = rated.counts().sum(axis=0)
    kept = sorted(range(len(given)), key=lambda place: -given[place])[:MODEL_LABELS]
    return tuple(label for place, label in enumerate(rated.labels) if place in kept)


def _one_model(predictions: Judgements) -> Judgements:
    """The predictions of the model that labelled most, the first of equals."""
    most = np.bincount(predictions.annotator.codes).argmax()
    return predictions.where(predictions.annotator.codes == most)


def _evidence(judgements: Judgements, question: str) -> tuple[Judgements, bool]:
    """The judgements that count: the blind ones where the file says what annotators saw."""
    rows = judgements.of(question).first_looks()
    if "arm" not in rows.factors and "shown" not in rows.factors:
        return rows, False
    return rows.where(~was_shown(rows)), True


def _corpus(rows: Judgements, machine: Judgements, question: str, labels: Sequence[str]) -> tuple[Corpus, bool]:
    rated = ratings(rows, question, weigh=False) if len(rows) else None
    model = np.eye(len(labels) + 1)[machine.label.coded(labels)][:, : len(labels)]
    people, weight = np.zeros_like(model), np.ones(len(machine))
    judged: Bools = np.zeros(len(machine), dtype=np.bool_)
    logged = False
    if rated is not None:
        codes = np.unique(rows.unit.codes)
        unit = machine.unit.coded([rows.unit.names[code] for code in codes])
        judged = unit >= 0
        kept = [rated.labels.index(label) for label in labels]
        people[judged] = soft_labels(rated.counts())[:, kept][unit[judged]]
        probability = rows.numbers.get("probability")
        logged = probability is not None and not np.isnan(probability).any()
        if logged and probability is not None:
            known = np.ones(rated.units)
            known[rated.unit] = probability
            weight[judged] = 1 / known[unit[judged]]
    return Corpus(model=model, people=people, judged=judged, weight=weight, cluster=machine.cluster.codes), logged


def _rows(by: tuple[str, ...], corpus: Corpus, machine: Judgements, labels: Sequence[str]) -> list[dict[str, Any]]:
    columns = [_names(machine, name) for name in by]
    if any(column is None for column in columns):
        return []
    keys = list(zip(*(column or [] for column in columns), strict=True))
    sizes: dict[tuple[str | None, ...], int] = {}
    for key in keys:
        if None not in key:
            sizes[key] = sizes.get(key, 0) + 1
    largest = sorted(sizes, key=lambda key: (-sizes[key], key))[:_MOST]
    places: dict[tuple[str | None, ...], list[int]] = {key: [] for key in largest}
    for row, key in enumerate(keys):
        if key in places:
            places[key].append(row)
    found = []
    for key, members in places.items():
        mask = np.zeros(len(keys), dtype=np.bool_)
        mask[members] = True
        found.append(_row(dict(zip(by, key, strict=True)), corpus.part(mask), labels))
    return found


def _names(machine: Judgements, name: str) -> list[str | None] | None:
    column = machine.factors.get("date" if name == "month" else name)
    if column is None:
        return None
    names = [each[:7] for each in column.names] if name == "month" else list(column.names)
    return [names[code] if code >= 0 else None for code in column.codes]


def _row(name: dict[str, Any], corpus: Corpus, labels: Sequence[str]) -> dict[str, Any]:
    return {
        "name": name,
        "units": len(corpus.judged),
        "human_units": int(corpus.judged.sum()),
        "labels": dict(zip(labels, corrected_shares(corpus), strict=True)),
    }
