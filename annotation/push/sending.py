"""Sending so that nothing is lost and nothing doubled, whatever becomes of the calls.

Label Studio takes the same task twice without a word. So after a call that failed, what is there is read before
anything is sent again; and a copy that arrives later still, from a call given up too early, is removed in the end.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, islice
from typing import Any

from annotation.door.calls import Calls
from annotation.door.remote import Remote, Task, read_newer
from annotation.door.transport import UnsureError
from annotation.page.controls import TEXT, wording
from pipeline.stage import batches

CHUNK = 500
"""Tasks in one import: no slower than more, and little to look through when it fails."""

_LOOKS = 6
"""How often it is looked whether a call that the server may still be at work on has arrived, before it is repeated."""

Json = dict[str, Any]


def send_tasks(
    calls: Calls, project: int, tasks: Sequence[Json], remote: Remote, *, known: Collection[str], overlap: int
) -> bool:
    """Send tasks that are not there; `remote` has them afterwards. Returns whether a call failed on the way.

    `known` are the uids of the queue; `overlap` is the project's, which new tasks get. Raises StudioError where
    patience has run out.
    """
    pending = list(tasks)
    failed: UnsureError | None = None
    for pause in calls.patience.pauses():
        time.sleep(pause)
        if failed:
            pending = _not_arrived(calls, project, pending, remote, known=known, late=failed.late)
        if not pending:
            return True
        try:
            ids = calls.import_tasks(project, pending)
        except UnsureError as error:
            failed = error
            continue
        for task, task_id in zip(pending, ids, strict=True):
            data = task["data"]
            arrived = Task(task_id=task_id, overlap=overlap, judged=False, wording=wording(data[TEXT]))
            remote.tasks[data["uid"]] = arrived
        remote.last = max(remote.last, *ids)
        return failed is not None
    assert failed is not None
    raise failed.error


def _not_arrived(
    calls: Calls, project: int, tasks: Sequence[Json], remote: Remote, *, known: Collection[str], late: bool
) -> list[Json]:
    """Those of `tasks` that the server does not have, although they were sent."""
    for look in range(_LOOKS if late else 1):
        time.sleep(calls.patience.first * 2**look if look else 0)
        read_newer(calls, project, remote, known)
        missing = [task for task in tasks if task["data"]["uid"] not in remote.tasks]
        if len(missing) < len(tasks):
            return missing
    return missing


def send_predictions(
    calls: Calls, project: int, predictions: Iterable[Json], version: str, *, replacing: Iterable[int] | None
) -> None:
    """Send predictions of one version, each ``{"task", "result", "score", "model_version"}``.

    They are in place of those whose ids are given, or of all of the version. Raises UnsureError where a call failed
    half way, so that nobody knows which are there.
    """
    waiting = batches(predictions, CHUNK)
    first = list(islice(waiting, 1))  # made before the old ones go: what cannot be made is found out in time
    if replacing is None:
        calls.remove_version(project, version)
    for each in replacing or ():
        calls.remove_prediction(each)
    there = calls.versions(project).get(version, 0)
    for chunk in chain(first, waiting):
        _send_chunk(calls, project, chunk, version, before=there)
        there += len(chunk)


def _send_chunk(calls: Calls, project: int, chunk: Sequence[Json], version: str, *, before: int) -> None:
    failed: UnsureError | None = None
    for pause in calls.patience.pauses():
        time.sleep(pause)
        if failed and _arrived(calls, project, version, counts=(before, before + len(chunk)), failed=failed):
            return
        try:
            calls.import_predictions(project, chunk)
        except UnsureError as error:
            failed = error
            continue
        return
    assert failed is not None
    raise failed.error


def _arrived(calls: Calls, project: int, version: str, *, counts: tuple[int, int], failed: UnsureError) -> bool:
    """Whether a chunk is there, by the counts without and with it; raises UnsureError where only a part of it is."""
    for look in range(_LOOKS if failed.late else 1):
        time.sleep(calls.patience.first * 2**look if look else 0)
        there = calls.versions(project).get(version, 0)
        if there == counts[1]:
            return True
        if there != counts[0]:
            raise failed
    return False
