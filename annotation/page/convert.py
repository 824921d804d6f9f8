"""A task that came back from Label Studio as `Judgement` rows: one for each question that each person answered."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from annotation.page import controls
from annotation.records import Judgement

Json = Mapping[str, Any]
SKIPPED = "skipped"
UNNAMED = "unknown"
"""The label of a speaker who is someone else, and whom the annotator did not name."""


def judgements(
    task: Json,
    *,
    person: Callable[[int | str | dict[str, Any]], str],
    speakers: Mapping[str, tuple[str, str]],
) -> list[Judgement]:
    """What people decided about one task, in any of the shapes in which Label Studio lists or exports it.

    Args:
        task: its ``data`` (as `annotation.page.tasks` made it), ``annotations`` and, where listed, ``predictions``.
        person: gives the annotator's code for what ``completed_by`` holds: an id, or a mapping with one.
        speakers: names and aliases of the article's speakers, each with the canonical name and the speaker's id; a
            typed name is looked up in it, whatever its case and however its accents are composed.

    Of several annotations by one person the one updated last counts. A question left open gives no row.
    """
    names = {_plain(name): speaker for name, speaker in speakers.items()}
    latest: dict[str, Json] = {}
    for annotation in sorted(task.get("annotations") or (), key=lambda one: (_time(one.get("updated_at")), one["id"])):
        latest[annotator_of(annotation, person)] = annotation
    return [row for who, annotation in latest.items() for row in _rows(task, annotation, who, names)]


def annotator_of(annotation: Json, person: Callable[[int | str | dict[str, Any]], str]) -> str:
    """Who made an annotation; where the account is gone, a code of the annotation's own."""
    who = annotation["completed_by"]
    return f"annotator-gone-{annotation['id']}" if who is None else person(who)


def _rows(task: Json, annotation: Json, who: str, names: Mapping[str, tuple[str, str]]) -> Iterator[Judgement]:
    data = task["data"]
    results = annotation.get("result") or []
    shown = _shown(task, annotation)
    answers = _answers(data, results, names)
    before = _answers(data, (shown or {}).get("result") or [], names)
    about = {
        "annotation_id": str(annotation["id"]),
        "uid": data["uid"],
        "sentence_id": data["sentence_id"],
        "doc_id": data["doc_id"],
        "annotator": who,
        "arm": data["arm"],
        "seconds": None if annotation.get("lead_time") is None else float(annotation["lead_time"]),
        "created": _time(annotation.get("created_at")),
        "updated": _time(annotation.get("updated_at")),
        "skipped": bool(annotation.get("was_cancelled")),
        "inclusion_probability": float(data["inclusion_probability"]),
        "occasion": int(data["occasion"]),
        "gold": bool(data["gold"]),
        "flags": tuple(_choices(results, controls.FLAGS)),
        "comment": "\n".join(_texts(results, controls.COMMENT)) or None,
    }
    model = made_by(shown) if shown else None
    if annotation.get("was_cancelled"):
        answers, before = {(SKIPPED, None): (SKIPPED, None)}, {}
    for (question, target), (label, speaker_id) in answers.items():
        was = before.get((question, target), (None, None))
        kept = was == (label, speaker_id)
        yield Judgement(
            **about,
            target=target,
            question=question,
            label=label,
            speaker_id=speaker_id,
            shown_label=was[0],
            model_shown=model if was[0] is not None else None,
            origin="manual" if was[0] is None else "accepted" if kept else "changed",
        )


def _answers(
    data: Json, results: Sequence[Json], names: Mapping[str, tuple[str, str]]
) -> dict[tuple[str, str | None], tuple[str, str | None]]:
    """Label and speaker id by question and target."""
    found: dict[tuple[str, str | None], tuple[str, str | None]] = {}
    for value in _choices(results, controls.SPEAKER):
        if value == controls.NOT_ASKED:
            continue
        found[controls.SPEAKER, None] = _speaker(value, data, _texts(results, controls.TYPED_SPEAKER), names)
    for control, asked in data["asks"].items():
        for label in _choices(results, control):
            found[asked["question"], asked["target"]] = (label, None)
    return found


def _speaker(
    value: str, data: Json, typed: Sequence[str], names: Mapping[str, tuple[str, str]]
) -> tuple[str, str | None]:
    if value == controls.OTHER_VALUE:
        name = " ".join(" ".join(typed).split())
        return names.get(_plain(name), (name or UNNAMED, None))
    for option in data["speakers"]:
        if controls.value_of(option) == value:
            return option["speaker"], option["speaker_id"]
    return names.get(_plain(value), (value, None))


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def _shown(task: Json, annotation: Json) -> Json | None:
    """The prediction that the annotator saw: the copy kept with the annotation, or the one it says it began from."""
    if task["data"]["arm"] == "blind":
        return None
    kept = annotation.get("prediction")
    if isinstance(kept, Mapping) and kept.get("result"):
        return kept
    listed = [one for one in task.get("predictions") or () if isinstance(one, Mapping)]
    return next((one for one in listed if one.get("id") == annotation.get("parent_prediction")), None)


def made_by(prediction: Json) -> str | None:
    """The model that made a prediction: its version, unless `under` had it sent again under another one."""
    marks = (each.get("meta") or {} for each in prediction.get("result") or [])
    return next((mark["model"] for mark in marks if "model" in mark), prediction.get("model_version") or None)


def under(prediction: Json, version: str) -> dict[str, Any]:
    """The same prediction under another version, with the mark of the model that made it in its results.

    Label Studio shows one version in a project; by this it shows an earlier model's labels, too.
    """
    model = made_by(prediction)
    mark = {} if model == version else {"meta": {"model": model}}
    plain = ({name: value for name, value in each.items() if name != "meta"} for each in prediction["result"])
    return {**prediction, "model_version": version, "result": [{**each, **mark} for each in plain]}


def _values(results: Sequence[Json], control: str, kind: str) -> Iterator[str]:
    for result in results:
        if result.get("from_name") == control:
            values = (result.get("value") or {}).get(kind) or []
            yield from [values] if isinstance(values, str) else values


def _choices(results: Sequence[Json], control: str) -> list[str]:
    return list(_values(results, control, "choices"))


def _texts(results: Sequence[Json], control: str) -> list[str]:
    return [text.strip() for text in _values(results, control, "text") if text.strip()]


def _time(value: str | datetime | None) -> str:
    """A time as ISO 8601 in UTC, to the microsecond."""
    if value is None:
        return ""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
