"""Sentences are the run's own while it has them in the very words that were sent.

Where an article was edited, or is not in the run any more, its tasks stay in Label Studio as they are, and so do their
answers; its sentences as they read now are other items. An article whose id comes from its text has another id then.
One with an id of its own keeps it, and those of its sentences: an item whose ``uid`` stands for other words gets one
with the digest of its own words behind. Where an edit is undone, what was sent is the run's own again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from annotation.door.remote import Remote
from annotation.page.controls import wording
from annotation.push.merge import Merged
from annotation.records import Item
from pipeline.store import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a sentence of the run reads, as a digest, and where its article was read."""

    words: str
    article: str


def wordings(run: Run, wanted: Iterable[str]) -> dict[str, Wording]:
    """How the sentences of these ids read now; those that the run does not have are left out."""
    ids = pa.array(sorted(set(wanted)), pa.string())
    found: dict[str, Wording] = {}
    for chunk in range(run.chunks()):
        table = run.read_table("sentences", chunk, ["sentence_id", "doc_id", "text"])
        rows = table.filter(pc.is_in(table["sentence_id"], value_set=ids)).to_pylist()
        places = _places(run, chunk) if rows else {}
        for row in rows:
            found[row["sentence_id"]] = Wording(words=wording(row["text"]), article=places[row["doc_id"]])
    return found


def _places(run: Run, chunk: int) -> dict[str, str]:
    """Where each article of a chunk was read; its id where that is not known."""
    rows = run.read_table("documents", chunk, ["doc_id", "path", "line"]).to_pylist()
    lines = {row["doc_id"]: "" if row["line"] is None else f":{row['line']}" for row in rows}
    return {row["doc_id"]: f"{row['path']}{lines[row['doc_id']]}" if row["path"] else row["doc_id"] for row in rows}


def named(items: Iterable[Item], before: Collection[str], remote: Remote, now: Mapping[str, Wording]) -> Iterator[Item]:
    """The items, each under a uid that stands for no other words, neither in the queue `before` nor in the project."""
    for item in items:
        words = now[item.sentence_id].words
        uid = f"{item.uid}~{words}"
        task = remote.tasks.get(item.uid)
        taken = uid in before or uid in remote.tasks or (task is not None and task.wording != words)
        yield replace(item, uid=uid) if taken else item


def tell_gone(queue: Merged, remote: Remote, now: Mapping[str, Wording]) -> None:
    """Write into the rows of the queue which of them are the run's own, and under which id the others' answers go."""
    for uid, row in queue.rows.items():
        task, reads = remote.tasks.get(uid), now.get(row["sentence_id"])
        if task is not None:
            row["wording"] = task.wording
        elif reads is not None and (uid in queue.drawn or row["wording"] is None):
            row["wording"] = reads.words
        if reads is None:
            gone = row["sentence_id"]
        elif reads.words != row["wording"]:
            gone = f"{row['sentence_id']}~{row['wording']}"
        else:
            gone = None
            row |= {"article": reads.article, "kept": None}
        queue.reweighed |= (row["gone"] or row["sentence_id"]) != (gone or row["sentence_id"])
        row["gone"] = gone
