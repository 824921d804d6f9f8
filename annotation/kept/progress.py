"""How far annotation has come: by person and by item, at which pace, and what is left; from the run's tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Any

from annotation.kept.state import ProjectState

PAUSE = 1800.0
"""Seconds between two answers after which a person counts as having been away."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What one annotator has done.

    `done` and `skipped` count items. `seconds` is the median time on an item, as the page measured it. `pace` is items
    an hour while at work: from one answer to the next, without pauses of more than half an hour. `kept` is the share of
    the labels shown to them that they left as they were. `last` is when they answered last.
    """

    annotator: str
    done: int
    skipped: int
    seconds: float | None
    pace: float | None
    kept: float | None
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How far a project has come.

    `coverage` says how many items have been judged by 0, 1, 2 ... people. `due` counts the judgements wanted in all,
    `done` those there are of them, `left` the rest, and `beyond` those by more people than wanted. `pace`, in items an
    hour, is the median person's, `hours_left` one person's work at it; ``None`` before anybody has one. `kept` is the
    share of shown labels that were left as they were. `gone` items are of articles that were edited after they were
    sent, or are not in the run any more: they are in no other number, but people's work on them is in theirs.
    """

    people: tuple[Person, ...]
    items: int
    gone: int
    complete: int
    coverage: tuple[int, ...]
    due: int
    done: int
    left: int
    beyond: int
    pace: float | None
    hours_left: float | None
    kept: float | None


def status(items: Iterable[Row], answers: Sequence[Row]) -> Status:
    """The status of a project from the rows of its queue and of its answers."""
    judges: dict[str, set[str]] = defaultdict(set)
    by_person: dict[str, list[Row]] = defaultdict(list)
    for row in answers:
        by_person[row["annotator"]].append(row)
        if not row["skipped"]:
            judges[row["uid"]].add(row["annotator"])
    rows = list(items)
    wanted = {row["uid"]: row["annotators"] for row in rows if row["gone"] is None}
    have = {uid: len(judges[uid]) for uid in wanted}
    counts = Counter(have.values())
    people = tuple(_person(name, rows) for name, rows in sorted(by_person.items()))
    done = sum(min(have[uid], number) for uid, number in wanted.items())
    due = sum(wanted.values())
    paces = [person.pace for person in people if person.pace]
    pace = median(paces) if paces else None
    return Status(
        people=people,
        items=len(wanted),
        gone=sum(row["gone"] is not None and row["task_id"] is not None for row in rows),
        complete=sum(have[uid] >= number for uid, number in wanted.items()),
        coverage=tuple(counts[number] for number in range(max(counts, default=-1) + 1)),
        due=due,
        done=done,
        left=due - done,
        beyond=sum(have.values()) - done,
        pace=pace,
        hours_left=round((due - done) / pace, 2) if pace else None,
        kept=_kept(answers),
    )


def read_status(state: ProjectState) -> Status:
    """The status of a project as of the last pull."""
    columns = ("annotation_id", "uid", "annotator", "seconds", "created", "skipped", "shown_label", "origin")
    tables = (state.read_part("answers", part, columns) for part in range(state.parts()))
    return status(state.queue(), [row for table in tables if table is not None for row in table.to_pylist()])


def _person(name: str, rows: Sequence[Row]) -> Person:
    """One person's rows; an annotation has a row for each question, and counts once."""
    annotations = list({row["annotation_id"]: row for row in rows}.values())
    judged = [row for row in annotations if not row["skipped"]]
    times = [row["seconds"] for row in judged if row["seconds"] is not None]
    return Person(
        annotator=name,
        done=len({row["uid"] for row in judged}),
        skipped=len(annotations) - len(judged),
        seconds=round(median(times), 1) if times else None,
        pace=_pace(judged),
        kept=_kept(rows),
        last=max(row["created"] for row in annotations),
    )


def _pace(judged: Sequence[Row]) -> float | None:
    """Items an hour while at work; None where there are too few answers to tell. What was posted took nobody's time."""
    moments = sorted(datetime.fromisoformat(row["created"]) for row in judged if row["seconds"] is not None)
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    at_work = [gap for gap in gaps if gap <= PAUSE]
    return round(3600 * len(at_work) / sum(at_work), 1) if sum(at_work) > 0 else None


def _kept(rows: Iterable[Row]) -> float | None:
    shown = [row["origin"] == "accepted" for row in rows if row["shown_label"] is not None]
    return round(sum(shown) / len(shown), 3) if shown else None
