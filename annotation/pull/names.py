"""Names that annotators typed, looked up among the speakers of the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from annotation.page import controls
from pipeline.store import Run

Speakers = Mapping[str, tuple[str, str]]


class Names:
    """Names and aliases of each article's speakers; read from the run only for articles where somebody typed one."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._of_chunk = lru_cache(maxsize=8)(self._read)

    def of(self, task: Mapping[str, Any]) -> Speakers:
        """Each name and alias with the speaker's canonical name and id; nothing where the task's answers need none."""
        typed = any(
            result.get("from_name") == controls.TYPED_SPEAKER
            for annotation in task["annotations"]
            for result in annotation["result"]
        )
        chunk = self._chunks.get(task["data"]["doc_id"]) if typed else None
        return {} if chunk is None else self._of_chunk(chunk).get(task["data"]["doc_id"], {})

    def exact(self, data: Mapping[str, Any], targets: Sequence[str]) -> dict[str, Any]:
        """What a task asks, with targets and speakers named as the run names them; on the page a NUL is a picture."""
        named = {controls.storable(target): target for target in targets}
        asks = {
            control: {**asked, "target": named.get(asked["target"], asked["target"])}
            for control, asked in data["asks"].items()
        }
        speakers = data["speakers"]
        chunk = self._chunks.get(data["doc_id"]) if controls.NUL_SHOWN in str(speakers) else None
        if chunk is not None:
            names = {speaker_id: name for name, speaker_id in self._of_chunk(chunk).get(data["doc_id"], {}).values()}
            speakers = [
                {**each, "speaker": names.get(each["speaker_id"], each["speaker"])} if each.get("speaker_id") else each
                for each in speakers
            ]
        return {"asks": asks, "speakers": speakers}

    @cached_property
    def _chunks(self) -> Mapping[str, int]:
        """The chunk of each article that has speakers."""
        found: dict[str, int] = {}
        for chunk in range(self._run.chunks()):
            if self._run.table_path("speakers", chunk).exists():
                ids = self._run.read_table("speakers", chunk, ["doc_id"])["doc_id"].unique().to_pylist()
                found.update(dict.fromkeys(ids, chunk))
        return found

    def _read(self, chunk: int) -> Mapping[str, Speakers]:
        """The speakers of a chunk by article; a name wins over the same alias, and an earlier speaker over a later."""
        found: dict[str, dict[str, tuple[str, str]]] = {}
        rows = self._run.read_table("speakers", chunk, ["doc_id", "speaker_id", "name", "aliases"]).to_pylist()
        for row in rows:
            found.setdefault(row["doc_id"], {}).setdefault(row["name"], (row["name"], row["speaker_id"]))
        for row in rows:
            for alias in row["aliases"]:
                found[row["doc_id"]].setdefault(alias, (row["name"], row["speaker_id"]))
        return found
