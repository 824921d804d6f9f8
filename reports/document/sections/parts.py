"""What the chapters share: walking the questions, naming tables, and saying why something is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from reports.document import report_sentences as says
from reports.document.charts import Intervals, Mark, Row
from reports.document.document import Block, Column, Figure, Heading, Missing, Prose, Table
from reports.document.notation import Form, plural

Analysis = Mapping[str, Any]
THRESHOLDS = ((0.667, ".667"), (0.8, ".800"))
MANY = 40
"""Up to so many rows a chart names each; beyond, it shows how they are spread."""


def each_question(
    report: Analysis, chapter: Callable[[str, Any], Iterable[Block]], *, but: Collection[str] = ()
) -> tuple[Block, ...]:
    """A chapter's blocks for every question, under its name where there are several; one gap common to all, once.

    Questions under `but` are left out.
    """
    made = {name: tuple(chapter(name, each)) for name, each in report["questions"].items() if name not in but}
    every = list(made.values())
    common = all(blocks == every[0] for blocks in every) and bool(every) and isinstance(every[0][0], Missing)
    if len(report["questions"]) < 2 or common:
        return every[0] if every else ()
    return tuple(block for name, blocks in made.items() for block in (Heading(text=name), *blocks))


def each_labelled(report: Analysis, chapter: Callable[[str, Any], Iterable[Block]]) -> tuple[Block, ...]:
    """The same for a chapter on the model: one line for all questions that no model answered where others were."""
    questions = report["questions"]
    without = [name for name, each in questions.items() if undefined(each["model"]) and undefined(each["anchoring"])]
    if len(without) in (0, len(questions)):
        return each_question(report, chapter)
    return (Prose(text=says.unlabelled(without)), *each_question(report, chapter, but=without))


def usual_labels(question: Any, most: int = 14) -> tuple[str, ...]:  # noqa: ANN401 - a part of the analysis
    """The labels in their order; of more than `most`, those that were given most often."""
    labels = tuple(question["labels"])
    given = {label: question["per_category"][label]["judgements"] for label in labels}
    kept = sorted(labels, key=lambda label: -given[label])[:most]
    return tuple(label for label in labels if label in kept)


def rarer(question: Any, shown: tuple[str, ...]) -> str:  # noqa: ANN401 - a part of the analysis
    """What to add to a sentence where rarer labels are not shown; nothing where all are."""
    more = len(question["labels"]) - len(shown)
    return f" {plural(more, 'rarer label')} left out here." if more else ""


def table_name(kind: str, *names: str) -> str:
    """A file name for a table, of plain letters; names that differ in their signs only are told apart by number."""
    words = [re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "unnamed" for name in names]
    return "-".join([kind, *words])


def undefined(found: Any) -> str | None:  # noqa: ANN401 - a part of the analysis
    """Why a part of the analysis is not there; None where it is."""
    reason = found.get("undefined") if isinstance(found, Mapping) else None
    return reason if isinstance(reason, str) else None


def missing(what: str, reason: str, remedy: str) -> Missing:
    """What cannot be said, as a sentence with its reason and its remedy."""
    return Missing(what=what, reason=reason, remedy=remedy)


def forest(  # one figure in one call
    name: str,
    title: str,
    reading: str,
    rows: Iterable[tuple[str, tuple[Any, ...]]],
    series: tuple[tuple[str, str], ...],
    *,
    form: Form = "coefficient",
    lines: tuple[tuple[float, str], ...] = (),
    strong: str | None = None,
    first: str = "name",
    extra: tuple[Column, ...] = (),
    extras: Mapping[str, tuple[Any, ...]] | None = None,
) -> Figure:
    """A forest plot with its table. `series` are ``(key, name)``; each row has one estimate for each of them.

    A series that is undefined throughout stands in the table alone, as do the `extra` columns; `extras` has their cells
    by the name of the row.
    """
    found = list(rows)
    some = [place for place in range(len(series)) if any(undefined(cells[place]) is None for _, cells in found)]
    drawn = tuple(
        Row(
            label=label,
            marks=tuple(Mark(estimate=cells[place], series=line) for line, place in enumerate(some)),
            strong=label == strong,
        )
        for label, cells in found
    )
    columns = (Column(key=first, title=first), *extra, *(Column(key=k, title=t, form=form) for k, t in series))
    cells = tuple((label, *(extras or {}).get(label, ()), *estimates) for label, estimates in found)
    names = tuple(series[place][1] for place in some)
    chart = Intervals(rows=drawn, form=form, series=names, lines=lines)
    return Figure(
        title=title, reading=reading, chart=chart, table=Table(name=name, title=title, columns=columns, rows=cells)
    )


def defined(rows: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The rows whose estimate is known, as rows of a forest plot."""
    for label, found in rows:
        if undefined(found) is None:
            yield label, (found,)


def by_value(rows: Iterable[tuple[str, tuple[Any, ...]]]) -> list[tuple[str, tuple[Any, ...]]]:
    """Rows from the highest first estimate to the lowest; undefined ones last."""
    return sorted(rows, key=lambda row: -row[1][0].get("value", -9.0))
