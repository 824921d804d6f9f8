"""Judgements made elsewhere, put into Label Studio in their authors' names, as by an earlier round."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotation.ahead import Progress
from annotation.door.calls import Calls
from annotation.door.transport import UnsureError
from annotation.page import controls
from pipeline.errors import InputError, Place
from pipeline.labels import LabelScheme
from pipeline.records import AUTHOR

Json = Mapping[str, Any]
_COLUMNS = ("annotator", "question", "target", "label")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One judgement in a table: who, of which sentence (its id or its exact text), on what, and in which line.

    `occasion` is 1 for somebody's first look at the sentence, 2 for the second.
    """

    annotator: str
    sentence: str
    question: str
    target: str
    label: str
    line: int
    occasion: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What `post` did: annotations made, those that were there before, and readings that no task asks for.

    `targets` counts those of them that are on targets which the project does not have, by target.
    """

    made: int
    there: int
    unasked: tuple[Reading, ...]
    targets: Mapping[str, int]


def read_readings(path: Path) -> list[Reading]:
    """The readings of a CSV file with the columns annotator, question, target, label, and text or sentence_id.

    A column `occasion` is read, too, where there is one. Raises InputError for a file that cannot be read, lacks a
    column, has a row without one of these, or an occasion that is no count from 1.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            found = rows.fieldnames or []
            key = next((name for name in ("text", "sentence_id") if name in found), None)
            missing = [name for name in _COLUMNS if name not in found]
            if missing or key is None:
                raise InputError(
                    f"the table has no column {', '.join(missing or ['text'])}.",
                    where=Place(path=path, line=1),
                    fix=f"name the columns {', '.join(_COLUMNS)}, and text or sentence_id.",
                )
            return [_reading(row, key, Place(path=path, line=rows.line_num)) for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"the file cannot be read: {getattr(error, 'strerror', None) or error}.",
            where=Place(path=path),
            fix="name a readable CSV file in UTF-8.",
        ) from error


def check_labels(readings: Iterable[Reading], scheme: LabelScheme, path: Path) -> None:
    """Raise InputError for the first label that its question does not have: posted, it could only be mended by hand.

    A speaker may be anybody; questions that the scheme does not have are left to `post`, which counts them.
    """
    known = {question.name: question.label_names for question in scheme.questions}
    for reading in readings:
        if reading.question in known and reading.label not in known[reading.question]:
            raise InputError(
                f"{reading.label!r} is no label of {reading.question}. Nothing was posted.",
                where=Place(path=path, line=reading.line, field="label"),
                fix=f"write one of {', '.join(known[reading.question])}; then run this again.",
            )


def _reading(row: Mapping[str, str | None], key: str, where: Place) -> Reading:
    cells = {name: row[name] for name in ("annotator", "question", "label", key)}
    if missing := [name for name, cell in cells.items() if not cell]:
        raise InputError(
            f"the row has no {missing[0]}.", where=where, fix="fill it in, or leave the row out; then run this again."
        )
    occasion = (row.get("occasion") or "1").strip()
    if not (occasion.isdecimal() and int(occasion)):
        raise InputError(
            f"{occasion!r} is no occasion.",
            where=where,
            fix="write 1 for a first look, 2 for a second one, or leave the cell empty; then run this again.",
        )
    return Reading(
        annotator=str(row["annotator"]),
        sentence=str(row[key]),
        question=str(row["question"]),
        target=row["target"] or "",
        label=str(row["label"]),
        line=where.line or 0,
        occasion=int(occasion),
    )


def post(
    calls: Calls,
    project: int,
    readings: Iterable[Reading],
    people: Mapping[str, int],
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Posted:
    """Write each annotator's readings into the tasks of a project that ask for them, one annotation a task.

    A reading goes to the task of its occasion only: a second look is somebody's own answer, given later. `people` gives
    the number of every annotator's account. Whoever has judged a task already is left as they are, so
    posting twice changes nothing. Each answer is marked as one that kept, changed or had no pre-label, as a browser
    would mark it. Raises StudioError where the server refuses or fails; posting again goes on.
    """
    readings = list(readings)
    given: dict[tuple[str, int], dict[str, list[Reading]]] = defaultdict(lambda: defaultdict(list))
    for reading in readings:
        given[controls.shown(reading.sentence), reading.occasion][reading.annotator].append(reading)
    made = there = 0
    asked: set[Reading] = set()
    tasks = list(calls.tasks(project, "id,data"))
    for number, task in enumerate(tasks, start=1):
        on_progress(Progress(doing="posting", done=number, total=len(tasks)))
        data = task["data"]
        keys = ((controls.shown(data[name]), data["occasion"]) for name in (controls.TEXT, "sentence_id"))
        by_person = next((given[key] for key in keys if key in given), None)
        if not by_person:
            continue
        whole = calls.read("read a task", "GET", f"api/tasks/{task['id']}/")
        present = {_user(annotation) for annotation in whole["annotations"]}
        prediction = next(iter(whole["predictions"]), None)
        for annotator, theirs in by_person.items():
            fitting = {control: reading for reading in theirs if (control := _control(data, reading))}
            asked |= set(fitting.values())
            if people[annotator] in present:
                there += 1
            elif fitting:
                results = list(_results(data, fitting, _shown(prediction)))
                _send(calls, task["id"], people[annotator], results, prediction)
                made += 1
    unasked = tuple(reading for reading in readings if reading not in asked)
    known = {what["target"] for task in tasks for what in task["data"]["asks"].values()}
    targets = Counter(reading.target for reading in unasked if reading.target and reading.target not in known)
    return Posted(made=made, there=there, unasked=unasked, targets=targets)


def _send(calls: Calls, task: int, person: int, results: Sequence[Json], prediction: Json | None) -> None:
    began = {"parent_prediction": prediction["id"]} if prediction else {}
    body = {"result": results, "completed_by": person, **began}
    try:
        calls.send("post an annotation", "POST", f"api/tasks/{task}/annotations/", body=body)
    except UnsureError as error:
        raise error.error from error


def _user(annotation: Json) -> int | None:
    """The account behind an annotation; ``None`` where it is gone."""
    who = annotation["completed_by"]
    number = who["id"] if isinstance(who, Mapping) else who
    return None if number is None else int(number)


def _control(data: Json, reading: Reading) -> str | None:
    """The control of a task that a reading answers; None where the task does not ask it."""
    if reading.question == controls.SPEAKER:
        asked_who = any(controls.value_of(option) != controls.NOT_ASKED for option in data["speakers"])
        return controls.SPEAKER if asked_who else None
    asked = {"question": reading.question, "target": reading.target}
    return next((control for control, what in data["asks"].items() if dict(what) == asked), None)


def _results(
    data: Json, fitting: Mapping[str, Reading], shown: Mapping[str, Sequence[str]]
) -> Iterator[dict[str, Any]]:
    for control, reading in fitting.items():
        value = _speaker(data["speakers"], reading.label) if control == controls.SPEAKER else reading.label
        before = shown.get(control)
        origin = "manual" if before is None else "prediction" if before == [value] else "prediction-changed"
        yield {**_result(control, "choices", value), "origin": origin}
        if value == controls.OTHER_VALUE:
            yield {**_result(controls.TYPED_SPEAKER, "textarea", reading.label), "origin": "manual"}


def _result(control: str, kind: str, value: str) -> dict[str, Any]:
    field = "text" if kind == "textarea" else "choices"
    return {"id": control, "from_name": control, "to_name": controls.TEXT, "type": kind, "value": {field: [value]}}


def _speaker(options: Sequence[Json], label: str) -> str:
    """The option that names a speaker: the article itself, a candidate by name, else someone to be typed."""
    if label == AUTHOR:
        return controls.AUTHOR_VALUE
    values = ((str(controls.value_of(option)), option.get("speaker")) for option in options)
    return next((value for value, speaker in values if label in (speaker, value)), controls.OTHER_VALUE)


def _shown(prediction: Json | None) -> dict[str, Sequence[str]]:
    results = (prediction or {}).get("result") or []
    return {result["from_name"]: result["value"].get("choices", []) for result in results}
