"""Judgements from a Label Studio JSON export, this project's or anybody's: every choice that annotators made.

A task is ``{"id", "data": {...}, "annotations": [{"completed_by", "result": [...], "was_cancelled", "lead_time",
"updated_at", "prediction": {...}}]}``. Each result of type ``choices`` or ``rating`` answers the question its
``from_name`` names. ``speaker``, and ``stance_2`` for the task's second target, follow this project's interface; for
other projects the unit is the task and the question is the control's name.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import InputError, Place
from reports.judgements.rows import Rows
from reports.judgements.table import LeftOut

_NAMES = (
    "unit", "annotator", "label", "question", "cluster", "sentence", "target", "outlet", "date", "arm", "shown",
    "model", "origin", "seconds", "probability", "time", "skipped",
)  # fmt: skip
_DATA = {
    "cluster": ("doc_id", "article", "article_id"),
    "outlet": ("outlet", "source"),
    "date": ("date",),
    "arm": ("arm",),
    "probability": ("probability", "inclusion_probability"),
}
_NOT_ASKED = "__not_asked__"
"""What this project's page answers by itself where a task does not ask a question."""


def export_rows(path: Path) -> Rows:
    """One row per choice in the export. Results that are no choice (free text, spans) are left out and counted.

    Raises InputError where the file is no such export.
    """
    tasks = _tasks(path)
    rows: list[dict[str, Any]] = []
    other: dict[str, int] = defaultdict(int)
    texts: dict[str, str] = {}
    for number, task in enumerate(tasks, start=1):
        for row in _task_rows(task, other):
            rows.append({**row, "line": number})
            if text := _text(task["data"]):
                texts[row["unit"]] = text
    columns = {name: [_plain(row.get(name)) for row in rows] for name in _NAMES}
    used = {name: values for name, values in columns.items() if name in ("unit", "annotator", "label") or any(values)}
    return Rows(
        source=str(path),
        columns=used,
        line=np.array([row["line"] for row in rows], dtype=np.int64),
        left_out=tuple(LeftOut(reason=f"no choice, but {kind}", count=count) for kind, count in sorted(other.items())),
        notes=("line numbers count the tasks of the export",),
        texts=texts,
    )


def _tasks(path: Path) -> list[dict[str, Any]]:
    try:
        tasks = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise InputError(
            f"this is not JSON: {error}.",
            where=Place(path=path, line=getattr(error, "lineno", None)),
            fix="export the project from Label Studio as JSON; JSON Lines need the suffix .jsonl.",
        ) from error
    if not isinstance(tasks, list) or not all(
        isinstance(t, dict) and "annotations" in t and "data" in t for t in tasks
    ):
        raise InputError(
            "this JSON is no Label Studio export: it is not a list of tasks with `data` and `annotations`.",
            where=Place(path=path),
            fix="export the project as JSON (not JSON-MIN); a table of judgements needs the suffix .csv or .jsonl.",
        )
    return tasks


def _task_rows(task: Mapping[str, Any], other: dict[str, int]) -> Iterator[dict[str, Any]]:
    facts = task["data"]
    sentence = str(facts.get("sentence_id") or facts.get("uid") or task.get("id"))
    about = {name: next((facts[key] for key in keys if facts.get(key)), None) for name, keys in _DATA.items()}
    for annotation in task["annotations"]:
        who = _person(annotation.get("completed_by"))
        common = {
            **about,
            "sentence": sentence,
            "annotator": who,
            "seconds": annotation.get("lead_time"),
            "time": annotation.get("updated_at") or annotation.get("created_at"),
            "skipped": bool(annotation.get("was_cancelled")),
        }
        shown = _choices((annotation.get("prediction") or {}).get("result") or [], defaultdict(int))
        if common["skipped"]:
            yield {**common, "unit": sentence, "question": "skipped", "label": "skipped"}
            continue
        for control, (label, origin) in _choices(annotation.get("result") or [], other).items():
            question, target = _asked(control, facts)
            before = shown.get(control)
            yield {
                **common,
                "unit": f"{sentence} → {target}" if target else sentence,
                "question": question,
                "target": target,
                "label": label,
                "origin": origin,
                "shown": before[0] if before else None,
                "model": (annotation.get("prediction") or {}).get("model_version") if before else None,
                "arm": about["arm"] or ("shown" if before else None),
            }


def _choices(results: list[dict[str, Any]], other: dict[str, int]) -> dict[str, tuple[str, str | None]]:
    """What each control says: the choices, several of them joined; ratings as numbers."""
    found: dict[str, tuple[str, str | None]] = {}
    for result in results:
        value = result.get("value") or {}
        answer = value.get("choices") or ([str(value["rating"])] if "rating" in value else None)
        if answer is None:
            other[str(result.get("type", "unknown"))] += 1
        elif answer != [_NOT_ASKED]:
            found[result["from_name"]] = (" + ".join(sorted(map(str, answer))), result.get("origin"))
    return found


def _asked(control: str, facts: Mapping[str, Any]) -> tuple[str, str | None]:
    """The question and the target of a control: ``stance_2`` asks stance toward ``target_2`` of the task."""
    numbered = re.fullmatch(r"(.+)_(\d+)", control)
    if numbered and facts.get(f"target_{numbered[2]}"):
        return numbered[1], str(facts[f"target_{numbered[2]}"])
    return control, None


def _person(who: Any) -> str | None:  # noqa: ANN401 - a number, or an object in snapshots
    if isinstance(who, dict):
        return str(who.get("id") or who.get("email"))
    return None if who is None else str(who)


def _text(facts: Mapping[str, Any]) -> str | None:
    value = facts.get("sentence") or facts.get("text")
    return value if isinstance(value, str) else None


def _plain(value: Any) -> str | None:  # noqa: ANN401 - whatever the export holds
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)
