"""A run's queue into a Label Studio project: what is missing is sent, what is there stays, people's answers are safe.

Every item is found again by its ``uid``, so pushing again sends only what is missing, whatever became of the last push.
An edited queue adds its new items at the end. A later model's labels replace those that are shown.

How many people an item is served to is the project's ``maximum_annotations``, and for items that fewer are to judge
(`overlap_share` below 1) the ``overlap`` of its task. The community edition keeps to a task's overlap, sets it by no
import, and takes one call a task, measured at 0.1 s: a thousand such items take two minutes more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from annotation.ahead import Progress, ahead, chunks
from annotation.door.accounts import label_link
from annotation.door.calls import Calls
from annotation.door.remote import Remote, read_remote, settle_copies
from annotation.kept.queue_rows import row_item
from annotation.kept.state import ProjectState, Pulled, Pushed, now, state_of
from annotation.push.merge import Merged, adopted, merge
from annotation.push.outgoing import article_gone, check_complete, outgoing, run_documents, run_model
from annotation.push.project import (
    Wanted,
    check_adopted,
    check_name,
    check_scheme,
    check_targets,
    find_or_make,
    settle,
    wanted_of,
)
from annotation.push.result import PushResult
from annotation.push.sending import CHUNK, send_tasks
from annotation.push.shown import Shown, predictions_digest
from annotation.push.upkeep import renew_data, settle_overlap
from annotation.queue.sample import queue
from annotation.records import Item
from pipeline.config import Config
from pipeline.errors import Place, StudioError
from pipeline.store import Run

_TRIES = 3

Row = dict[str, Any]


def push(
    run: Run,
    name: str,
    config: Config,
    calls: Calls,
    *,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> PushResult:
    """Bring the project called `name` to what the run's queue says.

    May be stopped at any moment and called again. Raises ConfigError for a name or a scheme that cannot be, RunError
    for a run without sentences, and StudioError where the server fails for long, or holds what a push would spoil.
    """
    check_name(name)
    check_complete(run)
    on_progress(Progress(doing="choosing sentences"))
    items = queue(run, config)
    wanted = wanted_of(name, config, overlap=max(item.annotators for item in items))
    state = state_of(run, name)
    with state.lock():
        return _Push(run, state, config, calls, wanted, say=on_progress).go(items)


class _Push:
    """One push: the queue as it will be, the project as it is."""

    def __init__(
        self, run: Run, state: ProjectState, config: Config, calls: Calls, wanted: Wanted, *, say: Callable[..., None]
    ) -> None:
        self.run, self.state, self.config, self.calls = run, state, config, calls
        self.wanted, self.say = wanted, say
        self.model = run_model(run)
        self.queue = Merged()
        self.remote = Remote()
        self.copies = 0

    def go(self, items: Sequence[Item]) -> PushResult:
        """Do it all, in an order in which stopping anywhere does no harm."""
        self.say(Progress(doing="looking at the project"))
        self.project, created = find_or_make(self.calls, self.state, self.wanted)
        earlier = self.state.pushed() if self.state.exists() else None
        if earlier and earlier.project_id != self.project:
            earlier = None
        self.queue = merge(self.state.queue() if earlier else (), items)
        self.read_remote()
        self.check_articles()
        renew = self.look_for_changes(items, earlier) if earlier else self.begin()
        self.state.write_queue(list(self.rows_with_ids()))
        if renew:
            old = [row_item(row) for uid, row in self.queue.rows.items() if uid in self.remote.tasks]
            at = Progress(doing="renewing tasks", total=len(old))
            renew_data(self.calls, self.remote, self.made(old), at, self.say)
        if settle(self.calls, self.project, self.wanted):
            self.read_remote()
        shown = Shown(
            run=self.run,
            config=self.config,
            calls=self.calls,
            project=self.project,
            xml=self.wanted.xml,
            model=self.model,
            say=self.say,
        )
        others = earlier is not None and earlier.predictions not in (None, predictions_digest(self.run))
        replaced = shown.replace(self.queue.rows, self.remote) if others else 0
        sent, there = self.send_missing()
        settle_overlap(self.calls, self.queue.rows, self.remote, self.say)
        replaced += 0 if shown.are_there(self.queue.rows) else shown.replace(self.queue.rows, self.remote)
        shown.switch()
        self.finish()
        return self.result(created=created, sent=sent, there=there, predictions=replaced)

    def check_articles(self) -> None:
        """Forget what nobody was sent of articles that the run no longer has.

        Raises RunError, before anything is changed on either side, where people have sentences of such an article.
        """
        known = run_documents(self.run)
        for uid, row in list(self.queue.rows.items()):
            if row["doc_id"] in known:
                continue
            if uid in self.remote.tasks or row["task_id"] is not None:
                raise article_gone(self.run, row["doc_id"])
            del self.queue.rows[uid]

    def result(self, *, created: bool, sent: int, there: int, predictions: int) -> PushResult:
        """What it came to."""
        return PushResult(
            name=self.wanted.name,
            project_id=self.project,
            url=self.page,
            link=label_link(self.calls.server, self.project),
            created=created,
            items=len(self.queue.rows),
            blind=sum(row["arm"] == "blind" for row in self.queue.rows.values()),
            sent=sent,
            there=there,
            model_version=self.model,
            predictions=predictions,
            copies=self.copies,
            strangers=len(self.remote.strangers),
        )

    @property
    def page(self) -> str:
        """The project's page in Label Studio."""
        return f"{self.calls.server.url}/projects/{self.project}"

    def begin(self) -> bool:
        """Remember the project before anything is sent to it. Nothing in it has to be made anew."""
        check_adopted(self.calls, self.project, self.wanted, self.remote)
        self.state.set_aside()
        self.state.write_queue(list(self.rows_with_ids()))
        self.remember(None if self.remote.tasks else predictions_digest(self.run))
        self.state.write_pulled(Pulled())
        return False

    def remember(self, predictions: str | None) -> None:
        """Write down what is pushed."""
        pushed = Pushed(
            name=self.wanted.name,
            url=self.calls.server.url,
            project_id=self.project,
            config=self.config.model_dump(mode="json"),
            model_version=self.model,
            predictions=predictions,
            when=now(),
        )
        self.state.write_pushed(pushed)

    def read_remote(self) -> None:
        """What is in the project: items that another push sent are taken into the queue, what came twice goes."""
        rows = self.queue.rows
        self.remote = read_remote(self.calls, self.project, rows)
        if self.remote.design:
            own = run_documents(self.run)
            self.remote.leave_out([uid for uid, data in self.remote.design.items() if data["doc_id"] not in own])
            rows |= {uid: adopted(data) for uid, data in self.remote.design.items()}
        self.copies += settle_copies(self.calls, self.remote)

    def look_for_changes(self, items: Sequence[Item], earlier: Pushed) -> bool:
        """Whether the tasks that are there must be made anew, for another label scheme.

        Where nobody has judged anything and scheme or targets have changed, they are all removed instead, to be sent
        again. Raises StudioError where answers stand against the change.
        """
        counts = self.calls.counts(self.project)
        changed = check_scheme(earlier, self.config.scheme, counts, self.page)
        free = not (counts.annotations or counts.skipped or self.remote.strangers)
        check_targets(self.queue.retargeted, self.page, free=free)
        if not (changed or self.queue.retargeted):
            return False
        if not free:
            return True
        self.calls.remove_all_tasks(self.project)
        self.state.write_pulled(Pulled())
        self.state.set_aside()
        self.remote = Remote()
        self.queue = merge((), items)
        return False

    def rows_with_ids(self) -> Iterator[Row]:
        """The queue's rows, each with the id of its task, if it has one."""
        for uid, row in self.queue.rows.items():
            yield {**row, **self.remote.ids(uid)}

    def made(self, items: Sequence[Item]) -> Iterator[dict[str, Any]]:
        """The tasks of items."""
        return outgoing(self.run, items, self.config, self.wanted.xml, self.model)

    def send_missing(self) -> tuple[int, int]:
        """Send the items that have no task; returns how many, and how many were there."""
        there = len(self.remote.tasks)
        for _ in range(_TRIES):
            failed = self.send([row for uid, row in self.queue.rows.items() if uid not in self.remote.tasks])
            if not failed and self.calls.counts(self.project).tasks == self.expected():
                break
            self.read_remote()
        return len(self.remote.tasks) - there, there

    def send(self, missing: Sequence[Row]) -> bool:
        """Send items; returns whether a call failed on the way, so that what is there must be read again."""
        failed = False
        done = 0
        for chunk in ahead(chunks(self.made([row_item(row) for row in missing]), CHUNK)):
            self.say(Progress(doing="sending", done=done, total=len(missing)))
            rows, overlap = self.queue.rows, self.wanted.overlap
            failed |= send_tasks(self.calls, self.project, chunk, self.remote, known=rows, overlap=overlap)
            for task in chunk:
                rows[task["data"]["uid"]]["prelabel"] = self.model if task["predictions"] else None
            done += len(chunk)
        return failed

    def expected(self) -> int:
        """How many tasks the project should have."""
        copies = sum(len(copies) for copies in self.remote.again.values())
        return len(self.queue.rows) + copies + len(self.remote.strangers)

    def finish(self) -> None:
        """Write down that it is done. Changed weights make the next pull read everything again."""
        missing = len(self.queue.rows.keys() - self.remote.tasks.keys())
        if missing:
            raise StudioError(
                f"{missing} tasks are missing in Label Studio although they were sent.",
                where=Place(path=self.page),
                fix="run the same command again; if it stays so, look at the server's log.",
            )
        self.state.write_queue(list(self.rows_with_ids()))
        if self.queue.reweighed:
            self.state.write_pulled(replace(self.state.pulled(), cursor=None))
        self.remember(predictions_digest(self.run))
