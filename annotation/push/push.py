"""A run's queue into a Label Studio project: what is missing is sent, what is there stays, people's answers are safe.

Every item is found again by its ``uid``, so pushing again sends only what is missing, whatever became of the last push.
An edited queue adds its new items at the end. A later model's labels replace those that are shown. Tasks of sentences
that the run has no longer, or has in other words, are left as they are (`words`).

How many people an item is served to is the project's ``maximum_annotations``, and for items that fewer are to judge
(`overlap_share` below 1) the ``overlap`` of its task. The community edition keeps to a task's overlap, sets it by no
import, and takes one call a task, measured at 0.1 s: a thousand such items take two minutes more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from annotation.ahead import Progress, ahead
from annotation.door.accounts import label_link
from annotation.door.calls import Calls
from annotation.kept.queue_rows import row_item
from annotation.kept.state import ProjectState, Pulled, Pushed, now, state_of
from annotation.push.outgoing import outgoing, run_model
from annotation.push.plan import Plan
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
from annotation.push.unapplied import Left, unapplied
from annotation.push.upkeep import asked_anew, renew_data, settle_overlap
from annotation.queue.sample import queue
from annotation.records import Item
from pipeline.config import Config
from pipeline.errors import Place, StudioError
from pipeline.stage import batches
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
    run.require_complete()
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

    def go(self, items: Sequence[Item]) -> PushResult:
        """Do it all, in an order in which stopping anywhere does no harm."""
        self.say(Progress(doing="looking at the project"))
        self.project, created = find_or_make(self.calls, self.state, self.wanted)
        earlier = self.state.pushed() if self.state.exists() else None
        if earlier and earlier.project_id != self.project:
            earlier = None
        self.plan = Plan(self.run, self.calls, self.project, self.state.queue() if earlier else (), items)
        sent_under = self.state.settings() if earlier else None
        renewed = self.look_for_changes(sent_under) if sent_under else self.begin()
        shown = Shown(
            run=self.run,
            config=self.config,
            calls=self.calls,
            project=self.project,
            plan=self.plan,
            xml=self.wanted.xml,
            model=self.model,
            say=self.say,
        )
        shown.keep()
        self.write_queue()
        if renewed:
            self.renew()
        if settle(self.calls, self.project, self.wanted):
            self.plan.read()
        others = earlier is not None and earlier.predictions not in (None, predictions_digest(self.run))
        replaced = shown.replace() if others else 0
        there, undrawn = len(self.plan.there()), self.plan.undrawn()
        sent = self.send_missing()
        settle_overlap(self.calls, self.plan.queue.rows, self.plan.remote, self.say)
        replaced += 0 if shown.are_there() else shown.replace()
        shown.switch()
        self.finish()
        left = Left(undrawn=undrawn, rearmed=self.plan.queue.rearmed, as_shown=0 if renewed else there)
        own, gone = self.plan.queue.own(), self.plan.gone()
        return PushResult(
            name=self.wanted.name,
            project_id=self.project,
            url=self.page,
            link=label_link(self.calls.server, self.project),
            created=created,
            items=len(own),
            sentences=len({row["sentence_id"] for row in own.values()}),
            second_looks=len({row["sentence_id"] for row in own.values() if row["occasion"] > 1}),
            blind=sum(row["arm"] == "blind" for row in own.values()),
            sent=sent,
            there=there,
            model_version=self.model,
            predictions=replaced,
            copies=self.plan.copies,
            strangers=len(self.plan.remote.strangers),
            gone=len(gone),
            gone_articles=tuple(dict.fromkeys(row["article"] or row["doc_id"] for row in gone)),
            unapplied=unapplied(sent_under, self.config, left, sent=sent) if sent_under else (),
        )

    @property
    def page(self) -> str:
        """The project's page in Label Studio."""
        return f"{self.calls.server.url}/projects/{self.project}"

    def begin(self) -> bool:
        """Remember the project before anything is sent to it. Nothing in it has to be made anew."""
        check_adopted(self.calls, self.project, self.wanted, self.plan.remote)
        self.state.set_aside()
        self.state.write_queue(list(self.plan.rows_with_ids()))
        self.remember(None if self.plan.remote.tasks else predictions_digest(self.run))
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

    def look_for_changes(self, sent_under: Config) -> bool:
        """Whether the tasks that are there must be made anew, for another label scheme.

        Where nobody has judged anything and scheme or targets have changed, they are all removed instead, to be sent
        again. Raises StudioError where answers stand against the change.
        """
        counts = self.calls.counts(self.project)
        changed = check_scheme(sent_under.scheme, self.config.scheme, counts, self.page)
        free = not (counts.annotations or counts.skipped or self.plan.remote.strangers)
        check_targets(self.plan.queue.retargeted, self.page, free=free)
        if not (changed or self.plan.queue.retargeted):
            return False
        if not free:
            return True
        self.calls.remove_all_tasks(self.project)
        self.state.write_pulled(Pulled())
        self.state.set_aside()
        self.plan.begin_anew()
        return False

    def write_queue(self) -> None:
        """Write down the queue. Where it says otherwise of what was sent, the next pull reads everything again."""
        if self.plan.queue.reweighed:
            self.state.write_pulled(replace(self.state.pulled(), cursor=None))
        self.state.write_queue(list(self.plan.rows_with_ids()))

    def renew(self) -> None:
        """Have all tasks ask the questions as they are now."""
        old, gone = self.plan.there(), self.plan.gone()
        at = Progress(doing="renewing tasks", total=len(old) + len(gone))
        tasks = chain(self.made(old), asked_anew(self.calls, self.plan.remote, gone, self.config.scheme))
        renew_data(self.calls, self.plan.remote, tasks, at, self.say)

    def made(self, rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
        """The tasks of items."""
        return outgoing(self.run, [row_item(row) for row in rows], self.config, self.wanted.xml, self.model)

    def send_missing(self) -> int:
        """Send the items that have no task; returns how many."""
        before = len(self.plan.there())
        for _ in range(_TRIES):
            failed = self.send(self.plan.missing())
            if not failed and self.calls.counts(self.project).tasks == self.plan.tasks():
                break
            self.plan.read()
        return len(self.plan.there()) - before

    def send(self, missing: Sequence[Row]) -> bool:
        """Send items; returns whether a call failed on the way, so that what is there must be read again."""
        failed = False
        done = 0
        for chunk in ahead(batches(self.made(missing), CHUNK)):
            self.say(Progress(doing="sending", done=done, total=len(missing)))
            rows, remote = self.plan.queue.rows, self.plan.remote
            failed |= send_tasks(self.calls, self.project, chunk, remote, known=rows, overlap=self.wanted.overlap)
            for task in chunk:
                rows[task["data"]["uid"]]["prelabel"] = self.model if task["predictions"] else None
            done += len(chunk)
        return failed

    def finish(self) -> None:
        """Write down that it is done."""
        if missing := len(self.plan.missing()):
            raise StudioError(
                f"{missing} tasks are missing in Label Studio although they were sent.",
                where=Place(path=self.page),
                fix="run the same command again; if it stays so, look at the server's log.",
            )
        self.write_queue()
        self.remember(predictions_digest(self.run))
