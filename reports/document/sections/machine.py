"""Chapters on the model: scored against people who did not see its labels, and its confidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reports.document import report_sentences as says
from reports.document import report_wording as words
from reports.document.charts import Curve, Matrix
from reports.document.document import Block, Chapter, Column, Figure, Listing, Prose, Table
from reports.document.notation import count, estimate, plural
from reports.document.sections.parts import (
    MANY,
    Analysis,
    by_value,
    each_labelled,
    forest,
    missing,
    table_name,
    undefined,
    usual_labels,
)
from reports.judgements.table import SPEAKER


def model(report: Analysis) -> Chapter:
    """The model's score on blind items, its errors, and whether it may stand in for a person."""
    pairs = report.get("models", {})
    blocks = each_labelled(
        report, lambda name, question: (*_against_people(name, question), *_compared(name, pairs.get(name, [])))
    )
    return Chapter(key="model", title="The model against people", lead=words.LEADS["model"], blocks=blocks)


def _against_people(name: str, question: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    found = question["model"]
    if reason := undefined(found):
        yield missing("How good the model is", reason, words.REMEDIES["model"])
        return
    if reason := undefined(found["score"]):
        yield missing("A score of the model", reason, words.REMEDIES["blind"])
    yield from _scores(name, found, _met(name, found, usual_labels(question, MANY)))
    if not undefined(found["confusion"]):
        yield _confusion(name, found["confusion"], _met(name, found, usual_labels(question)))
    if not undefined(found["as_annotator"]):
        yield _as_annotator(name, found)
    yield from _alternative(name, found["alternative"])


def _met(name: str, found: Any, labels: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ANN401 - a part of the analysis
    """The labels; of speakers, those whom people or the machine named where people were blind."""
    if name != SPEAKER or undefined(found["score"]):
        return labels
    scores = found["score"]["labels"]
    return tuple(label for label in labels if undefined(scores[label]["f1"]) is None)


def _scores(name: str, found: Any, labels: tuple[str, ...]) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    sides = [(key, found[key]) for key in ("score", "corrected") if not undefined(found[key])]
    if not sides:
        return
    titles = {"score": "blind items", "corrected": "items shown with its label: no score"}
    yield forest(
        table_name("score", name),
        "Score of the machine’s speakers" if name == SPEAKER else f"Score of {found['name']}",
        words.SCORE,
        [(title, tuple(side[key] for _, side in sides)) for key, title in words.SCORES],
        tuple((key, titles[key]) for key, _ in sides),
        form="share",
        first="score",
    )
    if not undefined(found["score"]):
        score = found["score"]
        weighted = ", each as one over its probability of being drawn" if score["weighted"] else ""
        yield Prose(
            text=f"The score counts {plural(score['units'], 'unit')}{weighted}; held against the {score['reference']}; "
            f"{plural(score['ties'], 'unit')} without a majority left out."
        )
        yield forest(
            table_name("label-scores", name),
            "Score on each label",
            words.LABEL_SCORES,
            [(label, tuple(score["labels"][label][key] for key in ("precision", "recall", "f1"))) for label in labels],
            (("precision", "precision"), ("recall", "recall"), ("f1", "F1")),
            form="share",
            first="label",
            extra=(Column(key="support", title="units", form="count"),),
            extras={label: (each["support"],) for label, each in score["labels"].items()},
        )
    if not undefined(found["inflation"]):
        more = estimate(found["inflation"]["macro_f1"], "share").replace("%", "")
        yield Prose(text=f"Scoring the model on corrected items instead would move its macro-F1 by {more} points.")


def _confusion(name: str, found: Any, labels: tuple[str, ...]) -> Figure:  # noqa: ANN401 - a part of the analysis
    places = [found["labels"].index(label) for label in labels]
    matrix = [[found["matrix"][row][place] for place in places] for row in places]
    title = "What the model says for what people say"
    columns = (Column(key="people", title="people"), *(Column(key=each, title=each, form="count") for each in labels))
    return Figure(
        title=title,
        reading=words.MODEL_CONFUSION,
        chart=Matrix(
            rows=labels,
            columns=labels,
            cells=tuple(tuple(count(cell) for cell in row) for row in matrix),
            shades=tuple(tuple(cell / max(sum(row), 1) for cell in row) for row in matrix),
            row_title="people’s majority",
            column_title="the model",
        ),
        table=Table(
            name=table_name("model-confusion", name),
            title=title,
            columns=columns,
            rows=tuple((label, *row) for label, row in zip(labels, matrix, strict=True)),
        ),
    )


def _as_annotator(name: str, found: Any) -> Figure:  # noqa: ANN401 - a part of the analysis
    people = found["as_annotator"]["people"]
    rows = [(who, (each["kappa"],)) for who, each in people.items() if not undefined(each["kappa"])]
    best = by_value(rows)[:30]
    model = ("the model", (found["as_annotator"]["model"]["kappa"],))
    return forest(
        table_name("as-annotator", name),
        "The model as one more annotator",
        words.AS_ANNOTATOR,
        by_value([*best, model]),
        (("kappa", "κ against the others"),),
        strong="the model",
        first="annotator",
    )


def _alternative(name: str, found: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    if reason := undefined(found):
        yield missing("Whether the model may stand in for a person", reason, words.REMEDIES["alternative"])
        return
    yield Prose(text=says.alternative(found))
    titles = ("units", "closer: model", "closer: person", "difference", "p", "model may stand in")
    forms = ("count", "share", "share", "share", "p", "text")
    keys = ("units", "rho_model", "rho_person", "difference", "p", "rejected")
    columns = (
        Column(key="annotator", title="annotator"),
        *(Column(key=k, title=t, form=f) for k, t, f in zip(keys, titles, forms, strict=True)),  # type: ignore[arg-type]
    )
    people = found["annotators"].items()
    rows = tuple((who, *(each.get(key) for key in keys)) for who, each in people if not undefined(each))
    table = Table(name=table_name("alternative", name), title="Alternative annotator test", columns=columns, rows=rows)
    yield Listing(reading=words.ALTERNATIVE, table=table)


def _compared(name: str, pairs: list[dict[str, Any]]) -> Iterator[Block]:
    if not pairs:
        return
    titles = (("first", "accuracy"), ("second", "accuracy"), ("difference", "first − second"))
    columns = (
        Column(key="model", title="model"),
        Column(key="other", title="and"),
        Column(key="units", title="units", form="count"),
        *(Column(key=key, title=title, form="share") for key, title in titles),
    )
    rows = tuple((*each["models"], each["units"], *(each["accuracy"][key] for key, _ in titles)) for each in pairs)
    table = Table(name=table_name("models", name), title="Models, two by two", columns=columns, rows=rows)
    yield Listing(reading=words.MODELS, table=table)


def calibration(report: Analysis) -> Chapter:
    """Whether the model's confidence means what it says."""
    blocks = each_labelled(report, _calibration)
    return Chapter(key="calibration", title="How sure the model may be", lead=words.LEADS["calibration"], blocks=blocks)


def _calibration(name: str, question: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    found = question["model"] if undefined(question["model"]) else question["model"]["calibration"]
    if reason := undefined(found):
        yield missing("Whether the model’s confidence can be believed", reason, words.REMEDIES["calibration"])
        return
    most = max((each["units"] for each in found["bins"]), default=1)
    yield Figure(
        title="Confidence and how often it is right",
        reading=f"{words.RELIABILITY} Expected calibration error {estimate(found['error'])}, Brier score "
        f"{estimate(found['brier'])}.",
        chart=Curve(
            points=tuple((each["confidence"], each["accuracy"]) for each in found["bins"]),
            sizes=tuple(each["units"] / most for each in found["bins"]),
            x=("confidence", "share"),
            y=("right", "share"),
            diagonal=True,
            x_span=(0.0, 1.0),
            y_span=(0.0, 1.0),
        ),
        table=_points("calibration", name, found["bins"], ("confidence", "accuracy"), "units"),
    )
    yield Figure(
        title="Errors, if the model may abstain",
        reading=words.RISK,
        chart=Curve(
            points=tuple((each["coverage"], each["risk"]) for each in found["risk_coverage"]),
            x=("share of items answered, the surest first", "share"),
            y=("wrong", "share"),
            x_span=(0.0, 1.0),
        ),
        table=_points("abstaining", name, found["risk_coverage"], ("coverage", "confidence", "risk"), None),
    )


def _points(kind: str, name: str, points: Any, keys: tuple[str, ...], size: str | None) -> Table:  # noqa: ANN401
    columns = [Column(key=key, title=key, form="share") for key in keys]
    columns += [Column(key=size, title=size, form="count")] if size else []
    rows = tuple(tuple(each[column.key] for column in columns) for each in points)
    return Table(name=table_name(kind, name), title=kind.capitalize(), columns=tuple(columns), rows=rows)
