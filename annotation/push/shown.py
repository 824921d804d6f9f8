"""The pre-labels that a project shows: those of the run's model, once for each task that is not blind.

What is shown as it should be stays. Label Studio removes pre-labels one by one, or all of a version at once. Where so
many are others now that all go, those of tasks that are to stay as they are (`annotation.push.words`), which nothing in
the run could make again, are read before and sent again with the others.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotation.ahead import Progress, ahead
from annotation.door.calls import Calls
from annotation.door.transport import UnsureError
from annotation.kept.queue_rows import row_item
from annotation.page.convert import under
from annotation.push.outgoing import outgoing
from annotation.push.plan import Plan
from annotation.push.sending import CHUNK, send_predictions
from pipeline.config import Config
from pipeline.stage import batches
from pipeline.store import Run

_TRIES = 3
FEW = 200
"""With more to replace than this, all of a version go at once: one by one takes 0.06 s each."""
_KEPT = ("result", "score", "model_version")

Row = dict[str, Any]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The pre-labels of one project; `model` is None where the run has none."""

    run: Run
    config: Config
    calls: Calls
    project: int
    plan: Plan
    xml: str
    model: str | None
    say: Callable[[Progress], None]

    def keep(self) -> None:
        """Write into the rows of tasks that stay as they are what they show, under the version that is shown now."""
        if self.model is None:
            return
        for row in self.plan.gone():
            if row["arm"] == "blind":
                continue
            version = row["prelabel"] or self.model
            if row["kept"] is None:
                task = self.calls.task(self._task_id(row)) or {"predictions": []}
                shown = next((each for each in task["predictions"] if each["model_version"] == version), None)
            else:
                shown = json.loads(row["kept"])
            if shown and (row["kept"] is None or version != self.model):
                now = under({name: shown[name] for name in _KEPT}, self.model)
                row |= {"prelabel": self.model, "kept": json.dumps(now, ensure_ascii=False)}

    def _kept(self) -> list[Row]:
        return [row for row in self.plan.gone() if row["kept"] and row["prelabel"] == self.model]

    def _task_id(self, row: Row) -> int:
        return self.plan.remote.tasks[row["uid"]].task_id

    def replace(self) -> int:
        """Send the pre-labels that differ from what the tasks that are there show; returns how many of the run's do.

        Those of other versions stay, and are shown no longer: annotations point to them.
        """
        there = [row for row in self.plan.there() if row["arm"] == "shown"]
        if self.model is None or not there:
            return 0
        every = [*self._kept(), *there]
        replaced: set[str] = set()
        for left in reversed(range(_TRIES)):
            now = self._on_server()
            wrong = every
            if now:
                wrong = [row for row, due in self._due(every, "comparing") if due != self._on(row, now)]
            replaced |= {row["uid"] for row in wrong}
            try:
                self._send(wrong, every, now)
            except UnsureError as error:
                if not left:
                    raise error.error from error
                continue
            break
        for row in there:
            row["prelabel"] = self.model
        return len(replaced & {row["uid"] for row in there})

    def _send(self, wrong: list[Row], every: list[Row], now: Mapping[int, list[Json]]) -> None:
        """Send those that are wrong; or all, where removing the old ones one by one would take long."""
        if not wrong:
            return
        assert self.model is not None
        old = [each["id"] for row in wrong for each in now.get(self._task_id(row), ())]
        few = len(old) <= FEW
        due = self._due(wrong if few else every, "replacing")
        made = ({"task": self._task_id(row), **each} for row, every in due for each in every)
        each_in_time = (each for some in ahead(batches(made, CHUNK)) for each in some)
        send_predictions(self.calls, self.project, each_in_time, self.model, replacing=old if few else None)

    def _on_server(self) -> dict[int, list[Json]]:
        """What is shown under the model's name, by task."""
        found: dict[int, list[Json]] = defaultdict(list)
        if self.model in self.calls.versions(self.project):
            for each in self.calls.predictions(self.project):
                if each["model_version"] == self.model:
                    found[each["task"]].append(each)
        return found

    def _on(self, row: Row, now: Mapping[int, list[Json]]) -> list[Json]:
        return [{name: each[name] for name in _KEPT} for each in now.get(self._task_id(row), ())]

    def _due(self, rows: Sequence[Row], doing: str) -> Iterator[tuple[Row, list[Json]]]:
        """Rows and what their tasks should show; those whose pre-labels are kept come first."""
        kept = [row for row in rows if row["kept"]]
        own = [row for row in rows if not row["kept"]]
        yield from ((row, [json.loads(row["kept"])]) for row in kept)
        made = outgoing(self.run, [row_item(row) for row in own], self.config, self.xml, self.model)
        for done, (row, task) in enumerate(zip(own, made, strict=True)):
            self.say(Progress(doing=f"{doing} pre-labels", done=done, total=len(own)))
            yield row, task["predictions"]

    def are_there(self) -> bool:
        """Whether there are as many pre-labels of the model as there should be."""
        due = sum(row["arm"] == "shown" for row in self.plan.there()) + len(self._kept())
        return self.model is None or self.calls.versions(self.project).get(self.model, 0) == due

    def switch(self) -> None:
        """Have Label Studio show the pre-labels of this model, and of no earlier one."""
        found = self.calls.project(self.project, "model_version") or {}
        if (
            self.model
            and found.get("model_version") != self.model
            and self.calls.versions(self.project).get(self.model)
        ):
            body = {"model_version": self.model}
            self.calls.read("show the pre-labels", "PATCH", f"api/projects/{self.project}/", body=body)


def predictions_digest(run: Run) -> str:
    """Sixteen hexadecimal digits that change when the run's predictions do."""
    marks = [run.fingerprint("predictions", chunk) or "" for chunk in range(run.chunks())]
    return hashlib.blake2b("\n".join(marks).encode("ascii"), digest_size=8).hexdigest()
