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
from reports.judgements.rows import Rows, plain, whole
from reports.judgements.table import LeftOut

_NAMES = (
    "unit", "annotator", "label", "question", "cluster", "sentence", "target", "outlet", "date", "arm", "shown",
    "model", "origin", "seconds", "probability", "time", "skipped", "occasion",
)  # fmt: skip
_DATA = {
    "cluster": ("doc_id", "article", "article_id"),
    "outlet": ("outlet", "source"),
    "date": ("date",),
    "arm": ("arm",),
    "probability": ("probability", "inclusion_probability"),
    "occasion": ("occasion",),
}
_OTHER, _TYPED = "__other__", "_other"
"""The choice on this project's page that somebody else speaks; and how the field ends where that name is typed."""
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
        try:
            found = list(_task_rows(task, other))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise InputError(
                "this task is none that Label Studio writes.",
                where=Place(path=path, line=number, field="task"),
                fix="export the project from Label Studio as JSON anew; line numbers count its tasks.",
            ) from error
        for row in found:
            rows.append({**row, "line": number})
            if text := _text(task["data"]):
                texts[whole(row["unit"])] = whole(text)
    columns = {name: [plain(row.get(name)) for row in rows] for name in _NAMES}
    used = {name: values for name, values in columns.items() if name in ("unit", "annotator", "label") or any(values)}
    return Rows(
        source=str(path),
        columns=used,
        line=np.array([row["line"] for row in rows], dtype=np.int64),
        left_out=tuple(
            LeftOut(reason=f"no choice, but {kind}", count=count) for kind, count in sorted(other.items()) if count
        ),
        notes=("line numbers count the tasks of the export",),
        texts=texts,
    )


def _tasks(path: Path) -> list[dict[str, Any]]:
    try:
        tasks = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"this is not JSON that can be read: {error}.",
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
    sentence = str(facts.get("sentence_id") or facts.get("uid") or task["id"])
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
    """What each control says of the item: the choices, several of them joined; ratings as numbers; a name as typed.

    What is no choice is counted in `other` by its kind. So are the answers of a control that has several, one for each
    region: nothing says which regions of two annotators are the same.
    """
    typed = {r["from_name"]: " ".join(" ".join(r["value"]["text"]).split()) for r in results if _is_typed(r)}
    found: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    used = set()
    for result in results:
        answer = _answer(result)
        if not answer or answer == [_NOT_ASKED]:
            continue
        control, label = result["from_name"], " + ".join(sorted(answer))
        if label == _OTHER and (name := typed.get(control + _TYPED)):
            label = name
            used.add(control + _TYPED)
        found[control].append((label, result.get("origin")))
    for result in results:
        if _answer(result) is None and result.get("from_name") not in used:
            other[str(result.get("type", "unknown"))] += 1
    other["the answers of several regions"] += sum(len(each) for each in found.values() if len(each) > 1)
    return {control: each[0] for control, each in found.items() if len(each) == 1}


def _answer(result: Mapping[str, Any]) -> list[str] | None:
    """The choices of a result, a rating as one of them; ``None`` for a result of another kind."""
    value = result.get("value") or {}
    if "rating" in value:
        return [str(value["rating"])]
    choices = value.get("choices") or None
    return [choices] if isinstance(choices, str) else choices and [str(choice) for choice in choices]


def _is_typed(result: Mapping[str, Any]) -> bool:
    return result.get("type") == "textarea" and isinstance((result.get("value") or {}).get("text"), list)


def _asked(control: str, facts: Mapping[str, Any]) -> tuple[str, str | None]:
    """The question and the target of a control, by the task's ``asks``; ``stance_2`` may ask of its ``target_2``."""
    asks = facts.get("asks")
    if isinstance(asks, Mapping) and control in asks:
        return str(asks[control]["question"]), asks[control].get("target")
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
