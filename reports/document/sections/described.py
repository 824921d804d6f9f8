"""Chapters of a report on a run that nobody has judged: who says how much, and where they stand, by the machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reports.document import report_sentences as says
from reports.document import report_wording as words
from reports.document.charts import Bars, Stack
from reports.document.document import Block, Chapter, Column, Figure, Heading, Listing, Prose, Table
from reports.document.notation import count
from reports.document.sections.parts import Analysis, missing, table_name

_BARS = 20
_STACKED = 14


def speakers(report: Analysis) -> Chapter:
    """How many sentences each speaker has."""
    found = report["machine"]["speakers"]
    rows = tuple((each["name"], each["sentences"], each["articles"]) for each in found)
    if not rows:
        blocks: tuple[Block, ...] = (missing("Who says how much", words.NO_SPEAKERS, words.REMEDIES["corpus"]),)
        return Chapter(key="said", title="Who says how much", lead=words.LEADS["said"], blocks=blocks)
    columns = (
        Column(key="speaker", title="speaker"),
        Column(key="sentences", title="sentences", form="count"),
        Column(key="articles", title="articles", form="count"),
    )
    more = report["machine"]["speakers_in_all"] - _BARS
    figure = Figure(
        title="Sentences by speaker",
        reading=f"{words.SAID}{f' {count(more)} others say less.' if more > 0 else ''}",
        chart=Bars(rows=tuple((name, size, size) for name, size, _ in rows[:_BARS]), names=("sentences", "")),
        table=Table(name="said", title="Sentences by speaker", columns=columns, rows=rows),
    )
    return Chapter(key="said", title="Who says how much", lead=words.LEADS["said"], blocks=(figure,))


def stands(report: Analysis) -> Chapter:
    """The labels of each question by target, and by speaker and target."""
    blocks = tuple(
        block
        for name, found in report["machine"]["questions"].items()
        for block in (Heading(text=name, gist=says.labels_in_all(found)), *_labels(name, found))
    )
    nothing = (missing("Where they stand", words.NO_TARGETS, words.REMEDIES["targets"]),)
    return Chapter(key="stands", title="Where they stand", lead=words.LEADS["stands"], blocks=blocks or nothing)


def _labels(name: str, found: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    yield Prose(text=says.machine_labels(name, found))
    if mentioned := [row for row in found["targets"] if row["units"] > row["by_rule"]][:_STACKED]:
        yield Figure(
            title="Labels by target, where it is mentioned",
            reading=words.BY_TARGET,
            chart=Stack(
                labels=tuple(found["labels"]),
                rows=tuple((_target(row), _shares(row, found["labels"])) for row in mentioned),
                ordered=found["level"] == "ordinal",
            ),
            table=_table(table_name("targets", name), "Labels by target", ("target",), found["targets"], found),
        )
    pairs = _table(
        table_name("pairs", name), "Labels by speaker and target", ("speaker", "target"), found["pairs"], found
    )
    yield Listing(reading=says.pairs_shown(found), table=pairs, folded=False)


def _target(row: Any) -> str:  # noqa: ANN401 - a part of the analysis
    return f"{row['target']} ({count(row['units'] - row['by_rule'])})"


def _shares(row: Any, labels: list[str]) -> tuple[float, ...]:  # noqa: ANN401 - a part of the analysis
    size = row["units"] - row["by_rule"]
    return tuple((row["labels"][label] - (row["by_rule"] if label == "neutral" else 0)) / size for label in labels)


def _table(name: str, title: str, keys: tuple[str, ...], rows: Any, found: Any) -> Table:  # noqa: ANN401
    columns = (
        *(Column(key=key, title=key) for key in keys),
        *(Column(key=label, title=label, form="count") for label in found["labels"]),
        Column(key="by_rule", title="target not mentioned", form="count"),
        Column(key="units", title="sentences", form="count"),
    )
    cells = tuple(
        (
            *(row[key] for key in keys),
            *(row["labels"][label] for label in found["labels"]),
            row["by_rule"],
            row["units"],
        )
        for row in rows
    )
    return Table(name=name, title=title, columns=columns, rows=cells)
