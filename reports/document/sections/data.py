"""Chapters on what came in: the design, the cleaning, and the labels that were given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reports.document import report_sentences as says
from reports.document import report_wording as words
from reports.document.charts import Bars, Caterpillar, Stack
from reports.document.document import Block, Chapter, Column, Figure, Listing, Prose, Table
from reports.document.notation import count, plural
from reports.document.sections.parts import (
    MANY,
    Analysis,
    each_question,
    forest,
    missing,
    rarer,
    table_name,
    undefined,
    usual_labels,
)


def design(report: Analysis) -> Chapter:
    """Items, overlap, arms; who covered what."""
    cluster = says.cluster_name(report)
    sizes = ("units", "paired_units", "judgements", "annotators", *(["clusters"] if cluster != "unit" else []))
    rows = tuple(
        (
            name,
            question["level"],
            words_of(question["labels"]),
            *(question["design"][key] for key in sizes),
        )
        for name, question in report["questions"].items()
    )
    columns = (
        Column(key="question", title="question"),
        Column(key="level", title="level"),
        Column(key="labels", title="labels"),
        Column(key="units", title="units", form="count"),
        Column(key="paired_units", title="judged twice or more", form="count"),
        Column(key="judgements", title="judgements", form="count"),
        Column(key="annotators", title="annotators", form="count"),
        *([Column(key="clusters", title=f"{cluster}s", form="count")] if cluster != "unit" else []),
    )
    table = Table(name="design", title="Questions and sizes", columns=columns, rows=rows)
    blocks = (Listing(reading=words.DESIGN, table=table), *each_question(report, _coverage))
    return Chapter(key="design", title="What was judged", lead=words.LEADS["design"], blocks=blocks)


def _coverage(name: str, question: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    found = question["design"]
    sizes = [(int(size), units) for size, units in found["judgements_per_unit"].items()]
    columns = (
        Column(key="judgements", title="judgements", form="count"),
        Column(key="units", title="units", form="count"),
    )
    yield Figure(
        title="Judgements per unit",
        reading=words.OVERLAP,
        chart=Bars(
            rows=tuple((plural(size, "judgement"), units, units if size > 1 else 0) for size, units in sizes[:MANY]),
            names=("units that can be compared", "judged once only"),
        ),
        table=Table(name=table_name("overlap", name), title="Judgements per unit", columns=columns, rows=tuple(sizes)),
    )
    yield _who(name, found["coverage"])
    if found["arms"]:
        arms = tuple((arm, each["units"], each["judgements"]) for arm, each in found["arms"].items())
        head = (Column(key="arm", title="arm"), Column(key="units", title="units", form="count"))
        table = Table(
            name=table_name("arms", name),
            title="Arms",
            columns=(*head, Column(key="judgements", title="judgements", form="count")),
            rows=arms,
        )
        yield Listing(reading=words.ARMS, table=table)


def _who(name: str, coverage: list[dict[str, Any]]) -> Figure:
    keys = ("units", "shared_units", "judgements")
    titles = ("units", "shared with others", "judgements")
    table = Table(
        name=table_name("coverage", name),
        title="Coverage",
        columns=(
            Column(key="annotator", title="annotator"),
            *(Column(key=key, title=title, form="count") for key, title in zip(keys, titles, strict=True)),
        ),
        rows=tuple((each["annotator"], *(each[key] for key in keys)) for each in coverage),
    )
    if len(coverage) > MANY:
        chart: Bars | Caterpillar = Caterpillar(
            estimates=tuple({"value": each["units"], "low": None} for each in coverage),
            axis="units per annotator",
            form="count",
        )
        return Figure(title="Who judged how much", reading=words.COVERAGE_MANY, chart=chart, table=table)
    chart = Bars(
        rows=tuple((each["annotator"], each["units"], each["shared_units"]) for each in coverage),
        names=("also judged by others", "by this annotator alone"),
    )
    return Figure(title="Who judged how much", reading=words.COVERAGE, chart=chart, table=table)


def cleaning(report: Analysis) -> Chapter:
    """What came in, what was left out, and why."""
    found = report["cleaning"]
    blocks: list[Block] = []
    if found["left_out"]:
        columns = (
            Column(key="reason", title="left out because"),
            Column(key="count", title="rows", form="count"),
            Column(key="examples", title="for example"),
        )
        rows = tuple(
            (each["reason"], each["count"], "; ".join(f"{one['where']}: {one['what']}" for one in each["examples"][:3]))
            for each in found["left_out"]
        )
        table = Table(name="left-out", title="Rows left out", columns=columns, rows=rows)
        blocks.append(Listing(reading=words.LEFT_OUT, table=table))
    gone = found["read"] - found["kept"]
    said = f"{count(gone)} were left out" if gone else "none was left out"
    blocks.insert(0, Prose(text=f"{plural(found['read'], 'row')} came in, {count(found['kept'])} were kept, {said}."))
    blocks += [Prose(text=f"{note[:1].upper()}{note[1:]}.") for note in found["notes"]]
    return Chapter(key="cleaning", title="What was left out", lead=words.LEADS["cleaning"], blocks=tuple(blocks))


def labels(report: Analysis) -> Chapter:
    """Label shares of everyone, each annotator, each arm, and the model."""
    blocks = each_question(report, _distribution)
    return Chapter(key="labels", title="Which labels were given", lead=words.LEADS["labels"], blocks=blocks)


def words_of(labels: list[str], most: int = 8) -> str:
    """Labels in a row, the first few of many."""
    more = len(labels) - most
    return ", ".join(labels[:most]) + (f" and {more} more" if more > 0 else "")


def _distribution(name: str, question: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    found, shown = question["distribution"], usual_labels(question, MANY // 2)
    yield forest(
        table_name("shares", name),
        "Label shares",
        f"{words.SHARES}{rarer(question, shown)}",
        [(label, (found["everyone"][label],)) for label in shown],
        (("share", "share"),),
        form="share",
        first="label",
    )
    rows = list(_stacked(question))
    if len(rows) > 1:
        yield _stack(name, question, rows)
    if reason := undefined(found["model"]):
        yield missing("Shares of the model’s labels", reason, words.REMEDIES["model"])


def _stacked(question: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:  # noqa: ANN401 - a part of the analysis
    found = question["distribution"]
    rows = [("model", "the model", found["model"])] if not undefined(found["model"]) else []
    rows += [("arm", f"{arm} arm", shares) for arm, shares in found["arms"].items()]
    rows += [("annotator", name, shares) for name, shares in found["annotators"].items()]
    yield from (row for row in rows if any(each["count"] for each in row[2].values()))


def _stack(name: str, question: Any, rows: list[Any]) -> Figure:  # noqa: ANN401
    labels = usual_labels(question, 8)
    everyone = question["distribution"]["everyone"]
    more = len(question["labels"]) - len(labels)
    rest = (f"other ({more})",) if more else ()

    def parts(shares: Mapping[str, float]) -> tuple[float, ...]:
        known = tuple(shares[label] for label in labels)
        return (*known, *(max(0.0, 1 - sum(known)) for _ in rest))

    drawn = [(kind, who, parts({label: shares[label]["share"] for label in labels})) for kind, who, shares in rows]
    columns = (Column(key="who", title="who"), Column(key="kind", title="kind"))
    heads = tuple(Column(key=label, title=label, form="share") for label in (*labels, *rest))
    cells = tuple((who, kind, *shares) for kind, who, shares in drawn)
    title = "Label shares, side by side"
    table = Table(name=table_name("shares-by", name), title=title, columns=(*columns, *heads), rows=cells)
    if len(rows) > MANY:
        usual = max(labels, key=lambda label: everyone[label].get("value", 0.0))
        spread = tuple({"value": shares[usual]["share"], "low": None} for _, _, shares in rows)
        many = Caterpillar(estimates=spread, axis=f"share of {usual}", form="share")
        return Figure(title=f"Share of {usual}, by annotator", reading=words.STACK_MANY, chart=many, table=table)
    means = parts({label: everyone[label].get("value", 0.0) for label in labels})
    chart = Stack(
        labels=(*labels, *rest),
        rows=(("everyone", means), *((who, shares) for _, who, shares in drawn)),
        ordered=question["level"] == "ordinal",
        rest=bool(rest),
    )
    return Figure(title=title, reading=words.STACK, chart=chart, table=table)
