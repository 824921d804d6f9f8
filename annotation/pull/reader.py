"""Tasks as they were read, taken into the history and the answers of a run, one part of the queue at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import Any

from annotation.ahead import Progress, ahead
from annotation.door.calls import EXPORTED, Calls
from annotation.kept.state import ProjectState
from annotation.page.convert import judgements
from annotation.pull.answers import updated
from annotation.pull.changes import edge_of, stamp
from annotation.pull.history import History
from annotation.pull.names import Names
from annotation.records import Judgement
from pipeline.errors import Place, StudioError
from pipeline.stage import batches

Json = dict[str, Any]
_MOST_EDGE = 20_000
_STREAMS = 2
"""Exports under way at once: the server is at work on one while the other is on its way."""
_COLUMNS = ("uid", "task_id", "copies", "inclusion_probability", "targets", "gone")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A part of the queue, which of its items are to be read, and whose tasks are which."""

    number: int
    items: Json
    asked: Sequence[str]
    uids: Mapping[int, str]


class Reader:
    """Reads tasks of a project, and keeps count of what it saw.

    `edge` are the judged tasks that changed last, each with when; `counts` annotations and skips by part; `events` how
    many versions were new, by kind.
    """

    def __init__(
        self,
        state: ProjectState,
        calls: Calls,
        person: Callable[[Any], str],
        *,
        seen: str,
        on_progress: Callable[[Progress], None],
    ) -> None:
        pulled = state.pulled()
        self._state, self._calls, self._person, self._seen, self._say = state, calls, person, seen, on_progress
        self._project = state.pushed().project_id
        self._names = Names(state.run)
        self.edge = {int(task): when for task, when in pulled.edge.items()}
        self.counts = {int(part): (each[0], each[1]) for part, each in pulled.counts.items()}
        self.events = dict.fromkeys(("made", "changed", "deleted"), 0)
        self.tasks = self._total = 0

    def read(self, ids: Collection[int] | None) -> None:
        """Read these tasks, or all (None); while some are taken in, the next are exported."""
        wanted = None if ids is None else frozenset(ids)
        if wanted is not None and not wanted:
            return
        self._total = self.tasks + (len(wanted) if wanted is not None else self._state.items())
        with ExitStack() as open_streams:
            streams = [
                open_streams.enter_context(closing(ahead(self._exports(wanted, stream), most=1)))
                for stream in range(_STREAMS)
            ]
            for group in zip_longest(*streams):
                for exports, asked in filter(None, group):
                    tasks = [task for some in exports for task in self._calls.loaded("read the export", some)]
                    for part in asked:
                        self._take(part, [task for task in tasks if task["id"] in part.uids])

    def forget(self, uids: Collection[str]) -> None:
        """Follow the deletion of the tasks of these items: the answers go, the history stays."""
        for number in range(self._state.parts()):
            items = self._items(number)
            if gone := [uid for uid in items["uid"] if uid in uids]:
                self._take(_Asked(number=number, items=items, asked=gone, uids={}), [])

    def _items(self, part: int) -> Json:
        table = self._state.read_part("items", part, _COLUMNS)
        return {name: [] for name in _COLUMNS} if table is None else table.to_pydict()

    def _exports(self, wanted: frozenset[int] | None, stream: int) -> Iterator[tuple[list[bytes], list[_Asked]]]:
        """Every `_STREAMS`-th group of parts, from number `stream` on, with its exports."""
        for parts in islice(self._groups(wanted), stream, None, _STREAMS):
            ids = [task for part in parts for task in part.uids]
            yield [self._calls.export(self._project, some) for some in batches(ids, EXPORTED)], parts

    def _groups(self, wanted: frozenset[int] | None) -> Iterator[list[_Asked]]:
        """The parts that have tasks to read, as many together as one export can have."""
        waiting: list[_Asked] = []
        for number in range(self._state.parts()):
            part = self._asked(number, wanted)
            if waiting and sum(len(each.uids) for each in (*waiting, part)) > EXPORTED:
                yield waiting
                waiting = []
            if part.uids:
                waiting.append(part)
        if waiting:
            yield waiting

    def _asked(self, number: int, wanted: frozenset[int] | None) -> _Asked:
        items = self._items(number)
        ids = {
            uid: [each for each in (task, *(copies or ())) if each is not None]
            for uid, task, copies in zip(items["uid"], items["task_id"], items["copies"], strict=True)
        }
        asked = [uid for uid, tasks in ids.items() if wanted is None or wanted.intersection(tasks)]
        return _Asked(number=number, items=items, asked=asked, uids={task: uid for uid in asked for task in ids[uid]})

    def _take(self, part: _Asked, tasks: Sequence[Json]) -> None:
        """Take in the tasks of a part; an item that was asked for and has none has lost it."""
        history = History(self._state.read_part("versions", part.number), self._seen, self._person)
        known = {uid: place for place, uid in enumerate(part.items["uid"])}
        copies: dict[str, list[Json]] = {uid: [] for uid in part.asked}
        for task in tasks:
            copies[part.uids[task["id"]]].append(task)
            if task["annotations"]:
                self.edge[task["id"]] = stamp(task["updated_at"])
            else:
                self.edge.pop(task["id"], None)
        self._keep_edge_small()
        rows: list[Judgement] = []
        for uid, each in copies.items():
            annotations = [annotation for copy in each for annotation in copy["annotations"]]
            history.see(uid, annotations)
            if annotations:
                item = {name: part.items[name][known[uid]] for name in _COLUMNS}
                rows += self._judgements(item, each[0], annotations)
        self._write(part, history, rows)
        self.tasks += len(tasks)
        self._say(Progress(doing="reading", done=self.tasks, total=self._total))

    def _judgements(self, item: Json, task: Json, annotations: Sequence[Json]) -> list[Judgement]:
        """The rows of one item of the queue; answers to a sentence that the run has no longer go by the id it has then.

        Raises StudioError where somebody has changed the task's data beyond recognition.
        """
        own = {name: item[name] for name in ("uid", "inclusion_probability")}
        own |= {"sentence_id": item["gone"]} if item["gone"] else {}
        try:
            data = {**task["data"], **self._names.exact(task["data"], item["targets"]), **own}
            whole = {"data": data, "annotations": annotations}
            return judgements(whole, person=self._person, speakers=self._names.of(whole))
        except (KeyError, TypeError, AttributeError) as error:
            raise StudioError(
                "the task's data are not those that were pushed.",
                where=Place(path=f"{self._calls.server.url}/projects/{self._project}/data?task={task['id']}"),
                fix="delete the task in Label Studio, then push and pull again; its answers stay in the history.",
            ) from error

    def _write(self, part: _Asked, history: History, rows: Sequence[Judgement]) -> None:
        """Write a part, its history first: a version that is in the answers is never missing there."""
        if (versions := history.table()) is not None:
            self._state.write_part("versions", part.number, versions)
        before = self._state.read_part("answers", part.number)
        if rows or before is not None:
            self._state.write_part("answers", part.number, updated(before, part.items["uid"], part.asked, rows))
        self.counts[part.number] = history.counts()
        for event in self.events:
            self.events[event] += history.events(event)

    def _keep_edge_small(self) -> None:
        if len(self.edge) > _MOST_EDGE:
            begin = edge_of(max(self.edge.values()))
            self.edge = {task: when for task, when in self.edge.items() if when > begin}

    def edge_before(self, cursor: str | None) -> Mapping[str, str]:
        """The tasks changed in the minute before the cursor, as they were read; others are forgotten."""
        begin = edge_of(cursor) if cursor else ""
        self.edge = {task: when for task, when in self.edge.items() if when > begin}
        return {str(task): when for task, when in self.edge.items() if cursor and when <= cursor}
