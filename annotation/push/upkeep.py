"""Tasks that are in Label Studio already, brought up to date one by one: nothing there changes many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from annotation.ahead import Progress
from annotation.door.calls import Calls
from annotation.door.remote import Remote
from annotation.kept.queue_rows import row_item
from annotation.page import tasks as page
from pipeline.labels import LabelScheme

Json = dict[str, Any]
Say = Callable[[Progress], None]


def renew_data(calls: Calls, remote: Remote, made: Iterable[Json], at: Progress, say: Say) -> None:
    """Give tasks the data that they would be sent with now, such as a new label's option; answers stay."""
    for done, task in enumerate(made):
        say(replace(at, done=done))
        calls.change_task(remote.tasks[task["data"]["uid"]].task_id, {"data": task["data"]})


def asked_anew(calls: Calls, remote: Remote, rows: Iterable[Json], scheme: LabelScheme) -> Iterator[Json]:
    """The tasks of sentences that the run does not have any more, with the questions as they are now; else as sent."""
    for row in rows:
        if (task := calls.task(remote.tasks[row["uid"]].task_id)) is not None:
            yield {"data": page.asked_anew(task["data"], row_item(row), scheme)}


def settle_overlap(calls: Calls, rows: Mapping[str, Json], remote: Remote, say: Say) -> None:
    """See that every task is served to as many people as its item asks for."""
    tasks = remote.tasks
    wrong = [uid for uid in rows if uid in tasks and tasks[uid].overlap != rows[uid]["annotators"]]
    for done, uid in enumerate(wrong):
        say(Progress(doing="setting the overlap", done=done, total=len(wrong)))
        calls.change_task(tasks[uid].task_id, {"overlap": rows[uid]["annotators"]})
