"""What of a run's queue is in a Label Studio project already; Label Studio itself takes the same task twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from annotation.door.calls import Calls, where
from annotation.page.controls import TEXT, wording

_DESIGN = (
    "uid", "sentence_id", "doc_id", "arm", "inclusion_probability", "occasion", "gold", "annotators", "asks",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task in Label Studio: how many people it is served to, whether anybody has judged it, which words it shows."""

    task_id: int
    overlap: int
    judged: bool
    wording: str


@dataclass(slots=True, kw_only=True)
class Remote:
    """The tasks of a project by uid; `again` are later copies of the same item.

    `design` has the data of tasks that the queue, as far as it is known here, does not name; `strangers` are the ids
    of tasks that come from elsewhere.
    """

    tasks: dict[str, Task] = field(default_factory=dict)
    again: dict[str, list[Task]] = field(default_factory=dict)
    design: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    strangers: list[int] = field(default_factory=list)
    last: int = 0

    def add(self, found: Mapping[str, Any], known: Collection[str]) -> None:
        """Take in a task as it was listed."""
        self.last = max(self.last, found["id"])
        data = found["data"]
        task = Task(
            task_id=found["id"],
            overlap=found["overlap"],
            judged=bool(found["total_annotations"] or found["cancelled_annotations"]),
            wording=wording(str(data.get(TEXT))),
        )
        uid = data.get("uid")
        if uid not in known and not all(name in data for name in _DESIGN):
            self.strangers.append(found["id"])
        elif uid in self.tasks:
            self.again.setdefault(uid, []).append(task)
        else:
            self.tasks[uid] = task
            if uid not in known:
                self.design[uid] = {name: data[name] for name in _DESIGN}

    def ids(self, uid: str) -> dict[str, Any]:
        """The ids of an item's task and of its copies, as the queue keeps them."""
        task = self.tasks.get(uid)
        return {"task_id": task and task.task_id, "copies": [copy.task_id for copy in self.again.get(uid, ())]}

    def leave_out(self, uids: Collection[str]) -> None:
        """Take these for tasks that come from elsewhere."""
        for uid in uids:
            copies = [self.tasks.pop(uid), *self.again.pop(uid, [])]
            self.strangers += [copy.task_id for copy in copies]
            self.design.pop(uid, None)


_FIELDS = "id,data,overlap,total_annotations,cancelled_annotations"


def read_remote(calls: Calls, project: int, known: Collection[str]) -> Remote:
    """All tasks of a project; `known` are the uids of the queue."""
    remote = Remote()
    for found in calls.tasks(project, _FIELDS):
        remote.add(found, known)
    return remote


def read_newer(calls: Calls, project: int, remote: Remote, known: Collection[str]) -> None:
    """Take in the tasks that came since `remote` was read."""
    for found in calls.tasks(project, _FIELDS, where("id", "greater", remote.last, "Number")):
        remote.add(found, known)


def settle_copies(calls: Calls, remote: Remote) -> int:
    """Remove tasks that came twice, sent again while the first was still under way; returns how many.

    A copy that somebody has judged is kept: pull takes the answers of all copies for one item. Whether somebody has
    is looked at again, since people may have been at work since the tasks were listed.
    """
    removed = 0
    for uid, copies in list(remote.again.items()):
        every = [
            replace(task, judged=task.judged or calls.is_touched(task.task_id)) for task in (remote.tasks[uid], *copies)
        ]
        every.sort(key=lambda task: (not task.judged, task.task_id))
        remote.tasks[uid] = every[0]
        judged = [task for task in every[1:] if task.judged]
        for task in every[1:]:
            if not task.judged:
                calls.remove_task(task.task_id)
                removed += 1
        if judged:
            remote.again[uid] = judged
        else:
            del remote.again[uid]
    return removed
