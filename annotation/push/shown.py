"""The pre-labels that a project shows: those of the run's model, once for each task that is not blind.

Label Studio removes pre-labels by version only, all of a project at once. Those of tasks that are to stay as they are
(`annotation.push.words`), which nothing in the run could make again, are therefore read before and sent again with the
others.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from annotation.ahead import Progress, ahead, chunks
from annotation.door.calls import Calls
from annotation.door.transport import UnsureError
from annotation.kept.queue_rows import row_item
from annotation.push.outgoing import outgoing
from annotation.push.plan import Plan
from annotation.push.sending import CHUNK, send_predictions
from pipeline.config import Config
from pipeline.store import Run

_TRIES = 3
_KEPT = ("result", "score", "model_version")

Row = dict[str, Any]


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
        """Write into the rows of tasks that stay as they are what they show now, where that could be replaced."""
        rows = [row for row in self.plan.gone() if row["arm"] == "shown" and row["kept"] is None]
        for row in rows if self.model is not None else ():
            if row["prelabel"] not in (None, self.model):
                continue
            task = self.calls.task(self._task_id(row)) or {"predictions": []}
            for shown in task["predictions"]:
                if shown["model_version"] == self.model:
                    row["prelabel"] = self.model
                    row["kept"] = json.dumps({name: shown[name] for name in _KEPT}, ensure_ascii=False)

    def _kept(self) -> list[Row]:
        return [row for row in self.plan.gone() if row["kept"] and row["prelabel"] == self.model]

    def _task_id(self, row: Row) -> int:
        return self.plan.remote.tasks[row["uid"]].task_id

    def replace(self) -> int:
        """Send the pre-labels of all tasks that are there, in place of any of the same version; returns how many.

        Those of other versions stay, and are shown no longer: annotations point to them.
        """
        there = [row for row in self.plan.there() if row["arm"] == "shown"]
        if self.model is None or not there:
            return 0
        for left in reversed(range(_TRIES)):
            made = ahead(chunks(self._predictions(there), CHUNK))
            try:
                send_predictions(self.calls, self.project, (each for some in made for each in some), self.model)
            except UnsureError as error:
                if not left:
                    raise error.error from error
                continue
            break
        for row in there:
            row["prelabel"] = self.model
        return len(there)

    def _predictions(self, rows: list[Row]) -> Iterator[dict[str, Any]]:
        for row in self._kept():
            yield {"task": self._task_id(row), **json.loads(row["kept"])}
        made = outgoing(self.run, [row_item(row) for row in rows], self.config, self.xml, self.model)
        for done, task in enumerate(made):
            self.say(Progress(doing="replacing pre-labels", done=done, total=len(rows)))
            task_id = self._task_id(task["data"])
            yield from ({"task": task_id, **each} for each in task["predictions"])

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
