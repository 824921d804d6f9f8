"""Every version of every annotation that pull has seen, and every deletion: kept beside the answers, never altered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pyarrow as pa

from annotation.page.convert import annotator_of

VERSIONS = pa.schema(
    {
        "annotation_id": pa.string(),
        "uid": pa.string(),
        "annotator": pa.string(),
        "event": pa.string(),
        "created": pa.string(),
        "updated": pa.string(),
        "skipped": pa.bool_(),
        "seconds": pa.float64(),
        "result": pa.string(),
        "shown": pa.string(),
        "seen": pa.string(),
    }
)
"""`event` is ``made``, ``changed`` or ``deleted``; `result` and `shown` (what was chosen already) are Label Studio's
JSON; `seen` is when pull saw it. A deletion has no other content."""

Json = Mapping[str, Any]


class History:
    """The versions of one part of the queue, to which new ones are added."""

    def __init__(self, before: pa.Table | None, seen: str, person: Callable[[Any], str]) -> None:
        self._before = before if before is not None else VERSIONS.empty_table()
        self._seen = seen
        self._person = person
        self._added: list[dict[str, Any]] = []
        self._live: dict[str, dict[str, tuple[str, bool]]] = {}
        columns = (self._before[name].to_pylist() for name in ("uid", "annotation_id", "event", "updated", "skipped"))
        for uid, annotation_id, event, updated, skipped in zip(*columns, strict=True):
            if event == "deleted":
                self._live.get(uid, {}).pop(annotation_id, None)
            else:
                self._live.setdefault(uid, {})[annotation_id] = (updated, bool(skipped))

    def see(self, uid: str, annotations: Iterable[Json]) -> None:
        """Take in all annotations that an item has now."""
        known = self._live.setdefault(uid, {})
        found = {str(annotation["id"]): annotation for annotation in annotations}
        for annotation_id in [each for each in known if each not in found]:
            del known[annotation_id]
            gone = {"annotation_id": annotation_id, "uid": uid, "event": "deleted", "seen": self._seen}
            self._added.append(gone)
        for annotation_id, annotation in found.items():
            version = (annotation["updated_at"], bool(annotation["was_cancelled"]))
            if known.get(annotation_id, ("",))[0] != version[0]:
                event = "changed" if annotation_id in known else "made"
                self._added.append(self._version(uid, annotation_id, event, annotation))
                known[annotation_id] = version

    def _version(self, uid: str, annotation_id: str, event: str, annotation: Json) -> dict[str, Any]:
        kept = annotation.get("prediction") or {}
        shown = {name: kept.get(name) for name in ("id", "model_version", "score", "result")} if kept else None
        return {
            "annotation_id": annotation_id,
            "uid": uid,
            "annotator": annotator_of(annotation, self._person),
            "event": event,
            "created": annotation["created_at"],
            "updated": annotation["updated_at"],
            "skipped": bool(annotation["was_cancelled"]),
            "seconds": annotation.get("lead_time"),
            "result": json.dumps(annotation["result"], ensure_ascii=False),
            "shown": json.dumps(shown, ensure_ascii=False) if shown else None,
            "seen": self._seen,
        }

    def table(self) -> pa.Table | None:
        """All versions, or None where there is nothing new."""
        if not self._added:
            return None
        return pa.concat_tables([self._before, pa.Table.from_pylist(self._added, VERSIONS)])

    def events(self, event: str) -> int:
        """How many new versions are of this kind."""
        return sum(each["event"] == event for each in self._added)

    def counts(self) -> tuple[int, int]:
        """Annotations that are there now: those that are no skips, and skips."""
        skips = [skipped for live in self._live.values() for _, skipped in live.values()]
        return skips.count(False), skips.count(True)
