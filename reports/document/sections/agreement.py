"""Chapters on how far people agree: the headline, its sensitivity, label by label, and group by group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reports.document import report_sentences as says
from reports.document import report_wording as words
from reports.document.charts import Matrix, Specifications
from reports.document.document import Block, Chapter, Column, Figure, Listing, Prose, Table
from reports.document.notation import NAMES, count, estimate, landis_koch, listed
from reports.document.sections.parts import (
    MANY,
    THRESHOLDS,
    Analysis,
    by_value,
    defined,
    each_question,
    forest,
    missing,
    rarer,
    table_name,
    undefined,
    usual_labels,
)
from reports.judgements.table import SPEAKER

_LEFT = {"arm": "judgements of arm", "units": "units judged by", "labels": "labels", "annotators": "annotators"}


def headline(report: Analysis) -> Chapter:
    """Every coefficient with its interval, and the verdict."""
    drawn = words.DRAWN_BY.get(report["input"]["clustered_by"])
    blocks = (*([Prose(text=drawn)] if drawn else []), *each_question(report, _coefficients))
    return Chapter(key="agreement", title="How far people agree", lead=words.LEADS["agreement"], blocks=blocks)


def _coefficients(name: str, question: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    found, key = question["agreement"], question["headline"]
    known = list(defined((NAMES[each], found[each]) for each in found))
    if known:
        drawn = question["with_annotators_drawn"]
        if not undefined(drawn):
            known.append((f"{NAMES[key]}, any people", (drawn,)))
        yield forest(
            table_name("agreement", name),
            "Agreement, by every coefficient that is defined",
            words.FOREST,
            known,
            (("agreement", "agreement"),),
            lines=THRESHOLDS,
            strong=NAMES[key],
            first="coefficient",
        )
    if reason := undefined(found[key]):
        yield missing(f"A verdict on {NAMES[key]}", reason, says.remedy_for_agreement(reason))
    else:
        yield Prose(text=_verdict(question))
        if reason := found[key].get("no_interval"):
            yield missing(f"An interval for {NAMES[key]}", reason, says.remedy_for_agreement(reason))
    yield from _unsaid(found, key)


def _verdict(question: Any) -> str:  # noqa: ANN401 - a part of the analysis
    verdict, key = question["verdict"], question["headline"]
    said = f"{NAMES[key]} is {estimate(verdict['estimate'])}. {verdict['sentence']}"
    if below := [f"{name} {value}" for name, value in says.chances(verdict)]:
        said += f" From the resamples, {listed(below)}."
    word = landis_koch(verdict["estimate"]["value"])
    return (
        f"{said} Landis and Koch [@landis1977] would call a kappa of this size “{word}”; their bounds are arbitrary by "
        "their own account and ignore prevalence, the number of labels and the width of the interval: "
        "quote the number, not the word."
    )


def _unsaid(found: Any, key: str) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    reasons = {NAMES[each]: reason for each in found if (reason := undefined(found[each])) and each != key}
    if reasons and not undefined(found[key]):
        yield Prose(text=f"Not given: {says.unsaid(reasons)}.")


def sensitivity(report: Analysis) -> Chapter:
    """What prevalence does, what counts as a near miss, and the specification curve."""
    blocks = each_question(report, _choices)
    return Chapter(
        key="sensitivity", title="Whether the verdict hangs on a choice", lead=words.LEADS["sensitivity"], blocks=blocks
    )


def _choices(name: str, question: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    yield Prose(text=says.paradox(question["paradox"]))
    found = question["specification"]
    if reason := undefined(found):
        yield missing("The specification curve", reason, says.remedy_for_agreement(reason))
    else:
        yield _specification(name, found)
    if not undefined(question["weighted"]):
        keys = tuple(next(iter(question["weighted"].values())))
        columns = tuple(Column(key=key, title=NAMES[key], form="coefficient") for key in keys)
        rows = tuple((name, *(row[key] for key in keys)) for name, row in question["weighted"].items())
        head = Column(key="weights", title="weights")
        title = "Agreement, by what counts as a near miss"
        table = Table(name=table_name("weights", name), title=title, columns=(head, *columns), rows=rows)
        yield Listing(reading=words.WEIGHTS, table=table)
    if not undefined(question["analytic"]):
        yield Prose(text=says.analytic(question["analytic"]["ac1"]))


def _specification(name: str, found: Any) -> Figure:  # noqa: ANN401 - a part of the analysis
    rows, keys = found["rows"], ("coefficient", "arm", "units", "labels", "annotators")
    choices = []
    for key in keys:
        names = list(dict.fromkeys(row[key] for row in rows))
        if len(names) > 1:
            ordered = [each for each in NAMES if each in names] if key == "coefficient" else sorted(names)
            taken = tuple((NAMES.get(each, each), tuple(row[key] == each for row in rows)) for each in ordered)
            choices.append((_LEFT.get(key, key), taken))
    columns = (
        *(Column(key=key, title=key) for key in keys),
        Column(key="agreement", title="agreement", form="coefficient"),
    )
    cells = tuple((*(row[key] for key in keys), {end: row[end] for end in ("value", "low", "high")}) for row in rows)
    return Figure(
        title="Specification curve",
        reading=says.specification(found),
        chart=Specifications(estimates=tuple(row[-1] for row in cells), choices=tuple(choices), lines=THRESHOLDS),
        table=Table(name=table_name("specification", name), title="Specification curve", columns=columns, rows=cells),
    )


def categories(report: Analysis) -> Chapter:
    """Each label against all others, and which labels are given for one another."""
    blocks = each_question(report, _per_label)
    return Chapter(key="categories", title="Label by label", lead=words.LEADS["categories"], blocks=blocks)


def _per_label(name: str, question: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    found, shown = question["per_category"], usual_labels(question, MANY // 2)
    rows = [(label, (found[label]["alpha"], found[label]["specific_agreement"])) for label in shown]
    if all(undefined(cells[0]) for _, cells in rows):
        reason = undefined(rows[0][1][0]) if rows else None
        yield missing("Agreement per label", reason or "no label was used", says.remedy_for_agreement(reason or ""))
    else:
        yield forest(
            table_name("labels", name),
            "Agreement on each label",
            f"{words.PER_LABEL}{rarer(question, shown)}",
            rows,
            (("alpha", "α, this label or not"), ("specific", "specific agreement")),
            lines=THRESHOLDS,
            first="label",
            extra=(Column(key="judgements", title="judgements", form="count"),),
            extras={label: (each["judgements"],) for label, each in found.items()},
        )
    if reason := undefined(question["coincidences"]):
        yield missing("Which labels are given for one another", reason, says.remedy_for_agreement(reason))
    elif any(sum(row) for row in question["coincidences"]["matrix"]):
        yield _coincidences(name, question)


def _coincidences(name: str, question: Any) -> Figure:  # noqa: ANN401 - a part of the analysis
    labels = usual_labels(question)
    places = [question["coincidences"]["labels"].index(label) for label in labels]
    matrix = question["coincidences"]["matrix"]
    cells = tuple(tuple(matrix[row][place] for place in places) for row in places)
    shares = tuple(tuple(cell / max(sum(row), 1e-9) for cell in row) for row in cells)
    title = "Which labels meet"
    columns = (Column(key="label", title="label"), *(Column(key=each, title=each, form="number") for each in labels))
    return Figure(
        title=title,
        reading=f"{words.COINCIDENCES}{rarer(question, labels)}",
        chart=Matrix(
            rows=labels,
            columns=labels,
            cells=tuple(tuple(count(cell) for cell in row) for row in cells),
            shades=shares,
            row_title="one says",
            column_title="another says",
        ),
        table=Table(
            name=table_name("coincidences", name),
            title=title,
            columns=columns,
            rows=tuple((label, *row) for label, row in zip(labels, cells, strict=True)),
        ),
    )


def groups(report: Analysis) -> Chapter:
    """Agreement by target, speaker, outlet, and round."""
    blocks = each_question(report, _groups)
    return Chapter(key="groups", title="Where people agree more, and less", lead=words.LEADS["groups"], blocks=blocks)


def _groups(name: str, question: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    key = question["headline"]
    for group, found in question["per_group"].items():
        yield forest(
            table_name(f"by-{group}", name),
            f"{NAMES[key]} by {group}",
            words.GROUPS,
            by_value((each["name"], (each[key], each["percent"])) for each in found),
            (("agreement", NAMES[key]), ("percent", "percent agreement")),
            first=group,
            extra=(Column(key="units", title="units", form="count"),),
            extras={each["name"]: (each["units"],) for each in found},
        )
    if not question["per_group"] and name == SPEAKER:
        yield missing("Agreement by outlet", words.NO_OUTLET, words.REMEDIES["outlet"])
    elif not question["per_group"]:
        yield missing("Agreement by target, speaker or outlet", words.NO_GROUPS, words.REMEDIES["groups"])
    if reason := undefined(question["rounds"]):
        yield missing("Agreement by round", reason, words.REMEDIES["rounds"])
        return
    yield forest(
        table_name("by-round", name),
        f"{NAMES[key]} by round",
        says.rounds(question["round_difference"]),
        [(f"round {each['round']}", (each[key],)) for each in question["rounds"]],
        (("agreement", NAMES[key]),),
        first="round",
        lines=THRESHOLDS,
    )
