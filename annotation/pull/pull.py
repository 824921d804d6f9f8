"""People's answers out of a Label Studio project into the run: what was made, changed or deleted since the last pull.

Changes are found by time (`changes`) and reconciled by counts. A changed task is read whole, by the export,
which alone tells what its annotator was shown. Answers and history are kept in the parts of the queue
(`kept.parts`), each replaced in one step once it is read; how far pull has come is written last. So it may be
stopped anywhere: the next one reads again what this one had not finished.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from annotation.ahead import Progress
from annotation.door.accounts import code_of
from annotation.door.calls import Calls, Counts
from annotation.door.remote import read_remote, settle_copies
from annotation.kept.state import ProjectState, Pulled, now
from annotation.pull.changes import changed, is_ahead, judged, newest
from annotation.pull.reader import Reader

_ROUNDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PullResult:
    """What a pull did. `annotations` and `skipped` are those there are now; `made`, `changed`, `deleted` what was new.

    `rows` are those of the project in the ``annotations`` table; `tasks_gone` were deleted in Label Studio since the
    last pull; `strangers` are tasks that come from elsewhere, which are left alone. `settled` is false where people
    worked on so fast that the counts could not be made to agree: what was read is right, and the next pull gets the
    rest.
    """

    name: str
    project_id: int
    annotations: int
    skipped: int
    made: int
    changed: int
    deleted: int
    tasks_read: int
    tasks_gone: int
    strangers: int
    settled: bool
    rows: int


def pull(
    state: ProjectState,
    calls: Calls,
    *,
    full: bool = False,
    pseudonyms: bool | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> PullResult:
    """Bring the run's ``annotations`` table to what the project holds; `full` reads all of it again.

    `pseudonyms`: annotators are known by code, not by e-mail address; by default as the settings of the push say.

    Raises StudioError where the project was deleted or the server fails for long; what was pulled before stays.
    """
    with state.lock():
        settings = state.pushed().config["annotation"]
        by_code = settings["pseudonyms"] if pseudonyms is None else pseudonyms
        return _Pull(state, calls, by_code, on_progress).go(full)


class _Pull:
    """One pull."""

    def __init__(
        self, state: ProjectState, calls: Calls, by_code: bool, on_progress: Callable[[Progress], None]
    ) -> None:
        self.state, self.calls, self.by_code = state, calls, by_code
        self.pushed = state.pushed()
        self.project = self.pushed.project_id
        self.seen = now()
        self.emails: dict[int, str] = {}
        self.reader = Reader(state, calls, self.person, seen=self.seen, on_progress=on_progress)
        self.strangers = self.tasks_gone = 0

    def go(self, full: bool) -> PullResult:
        """Read what has changed until the counts agree."""
        before = self.state.pulled()
        cursor = None if full or before.pseudonyms != self.by_code else before.cursor
        everything = bool(before.counts)
        settled = False
        self.learn_people()
        if cursor and is_ahead(self.calls, cursor):
            cursor = None
        for _ in range(_ROUNDS):
            counts, moment = self.calls.counts(self.project), newest(self.calls, self.project)
            if cursor:
                self.reader.read(changed(self.calls, self.project, cursor, self.reader.edge))
            else:
                self.reader.read(None if everything else judged(self.calls, self.project, counts))
            cursor = moment
            self.remember(cursor)
            settled = self.agrees(counts, self.calls.counts(self.project))
            if settled:
                break
            if not self.reconcile():
                cursor, everything = None, True
        return self.result(settled)

    def learn_people(self) -> None:
        """Learn whose accounts there are; where people are known by code, a private file says who has which."""
        self.emails = self.calls.people()
        if self.by_code:
            self.state.write_people({code_of(number): email for number, email in self.emails.items()})

    def person(self, who: int | str | dict[str, Any]) -> str:
        """How the tables name the annotator that ``completed_by`` means."""
        if isinstance(who, str):
            who = next((number for number, email in self.emails.items() if email == who), 0)
        number = int(who["id"]) if isinstance(who, dict) else who
        return code_of(number) if self.by_code else self.emails.get(number, code_of(number))

    def remember(self, cursor: str | None) -> None:
        """Write down how far this came."""
        pulled = Pulled(
            cursor=cursor,
            edge=self.reader.edge_before(cursor),
            counts={str(part): counts for part, counts in self.reader.counts.items()},
            pseudonyms=self.by_code,
            when=self.seen,
        )
        self.state.write_pulled(pulled)

    def agrees(self, before: Counts, after: Counts) -> bool:
        """Whether what was read is what the project had before the reading, or after it, or came to between."""
        tasks = self.strangers
        for part in range(self.state.parts()):
            table = self.state.read_part("items", part, ["task_id", "copies"])
            if table is not None:
                tasks += table.num_rows - table["task_id"].null_count
                tasks += sum(len(copies or ()) for copies in table["copies"].to_pylist())
        annotations, skipped = (sum(each[kind] for each in self.reader.counts.values()) for kind in (0, 1))
        read = Counts(tasks=tasks, annotations=annotations, skipped=skipped)
        names = ("tasks",) if self.strangers else ("tasks", "annotations", "skipped")
        return all(_between(getattr(before, name), getattr(read, name), getattr(after, name)) for name in names)

    def reconcile(self) -> bool:
        """See which tasks are there, and follow. Returns whether that accounts for what the counts said."""
        rows = list(self.state.queue())
        remote = read_remote(self.calls, self.project, {row["uid"] for row in rows})
        remote.leave_out(list(remote.design))
        settle_copies(self.calls, remote)
        gone, new = set(), False
        for row in rows:
            before = {row["task_id"], *(row["copies"] or ())}
            row.update(remote.ids(row["uid"]))
            now_there = {row["task_id"], *row["copies"]} - {None}
            new |= not now_there <= before
            if not now_there and before != {None}:
                gone.add(row["uid"])
        accounted = (bool(gone) or self.strangers != len(remote.strangers)) and not new
        self.strangers = len(remote.strangers)
        self.tasks_gone += len(gone)
        self.state.write_queue(rows)
        self.reader.forget(gone)
        return accounted

    def result(self, settled: bool) -> PullResult:
        """What it came to."""
        tables = (self.state.read_part("answers", part, ["uid"]) for part in range(self.state.parts()))
        return PullResult(
            name=self.pushed.name,
            project_id=self.project,
            annotations=sum(each[0] for each in self.reader.counts.values()),
            skipped=sum(each[1] for each in self.reader.counts.values()),
            made=self.reader.events["made"],
            changed=self.reader.events["changed"],
            deleted=self.reader.events["deleted"],
            tasks_read=self.reader.tasks,
            tasks_gone=self.tasks_gone,
            strangers=self.strangers,
            settled=settled,
            rows=sum(table.num_rows for table in tables if table is not None),
        )


def _between(first: int, value: int, last: int) -> bool:
    return min(first, last) <= value <= max(first, last)
