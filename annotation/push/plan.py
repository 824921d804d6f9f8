"""The queue as it will be, beside what of it the project has: what is to be sent, and what is left as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotation.door.calls import Calls
from annotation.door.remote import Remote, read_remote, settle_copies
from annotation.push.merge import adopted, merge
from annotation.push.words import named, tell_gone, wordings
from annotation.records import Item
from pipeline.store import Run

Row = dict[str, Any]


class Plan:
    """The queue of a run and the tasks of its project. Making one reads both, and removes tasks that came twice.

    `before` are the rows of the queue as it was pushed last; `copies` counts the tasks that were removed.
    """

    def __init__(self, run: Run, calls: Calls, project: int, before: Iterable[Row], items: Sequence[Item]) -> None:
        self._calls, self._project, self._items = calls, project, items
        rows = {row["uid"]: row for row in before}
        self.remote = read_remote(calls, project, rows.keys() | {item.uid for item in items})
        asked = [*rows.values(), *self.remote.design.values()]
        self._now = wordings(run, {each["sentence_id"] for each in asked} | {item.sentence_id for item in items})
        self.queue = merge(rows.values(), named(items, rows, self.remote, self._now))
        self.copies = 0
        self._settle()

    def read(self) -> None:
        """Read again what is in the project."""
        self.remote = read_remote(self._calls, self._project, self.queue.rows)
        self._settle()

    def begin_anew(self) -> None:
        """Go on from a project without tasks: only what is drawn now is in the queue."""
        self.remote = Remote()
        self.queue = merge((), self._items)
        tell_gone(self.queue, self.remote, self._now)

    def _settle(self) -> None:
        """Items that another push sent are taken into the queue, what came twice goes."""
        design = self.remote.design
        self.remote.leave_out([uid for uid, data in design.items() if data["sentence_id"] not in self._now])
        for uid, data in design.items():
            self.queue.rows.setdefault(uid, adopted(data))
        tell_gone(self.queue, self.remote, self._now)
        self.copies += settle_copies(self._calls, self.remote)

    def rows_with_ids(self) -> Iterator[Row]:
        """The queue's rows, each with the id of its task, if it has one."""
        for uid, row in self.queue.rows.items():
            yield {**row, **self.remote.ids(uid)}

    def there(self) -> list[Row]:
        """The rows of the run's sentences that have a task."""
        return [row for uid, row in self.queue.own().items() if uid in self.remote.tasks]

    def missing(self) -> list[Row]:
        """The rows of the run's sentences that have none."""
        return [row for uid, row in self.queue.own().items() if uid not in self.remote.tasks]

    def gone(self) -> list[Row]:
        """The rows of tasks whose sentence the run does not have any more."""
        return [row for uid, row in self.queue.gone().items() if uid in self.remote.tasks]

    def undrawn(self) -> int:
        """How many tasks are of sentences that the run has, and the design does not draw now."""
        return sum(row["uid"] not in self.queue.drawn for row in self.there())

    def tasks(self) -> int:
        """How many tasks the project should have."""
        copies = sum(len(copies) for copies in self.remote.again.values())
        return len(self.queue.own()) + len(self.gone()) + copies + len(self.remote.strangers)
