"""The pre-labels that a project shows: those of the run's model, once for each task that is not blind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotation.ahead import Progress, ahead, chunks
from annotation.door.calls import Calls
from annotation.door.remote import Remote
from annotation.door.transport import UnsureError
from annotation.kept.queue_rows import row_item
from annotation.push.outgoing import outgoing
from annotation.push.sending import CHUNK, send_predictions
from pipeline.config import Config
from pipeline.store import Run

_TRIES = 3

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The pre-labels of one project; `model` is None where the run has none."""

    run: Run
    config: Config
    calls: Calls
    project: int
    xml: str
    model: str | None
    say: Callable[[Progress], None]

    def replace(self, rows: Mapping[str, Row], remote: Remote) -> int:
        """Send the pre-labels of all tasks that are there, in place of any of the same version; returns how many.

        Those of other versions stay, and are shown no longer: annotations point to them.
        """
        there = [row for uid, row in rows.items() if uid in remote.tasks and row["arm"] == "shown"]
        if self.model is None or not there:
            return 0
        for left in reversed(range(_TRIES)):
            made = ahead(chunks(self._predictions(there, remote), CHUNK))
            try:
                sent = send_predictions(self.calls, self.project, (each for some in made for each in some), self.model)
            except UnsureError as error:
                if not left:
                    raise error.error from error
                continue
            break
        for row in there:
            row["prelabel"] = self.model
        return sent

    def _predictions(self, rows: list[Row], remote: Remote) -> Iterator[dict[str, Any]]:
        made = outgoing(self.run, [row_item(row) for row in rows], self.config, self.xml, self.model)
        for done, task in enumerate(made):
            self.say(Progress(doing="replacing pre-labels", done=done, total=len(rows)))
            task_id = remote.tasks[task["data"]["uid"]].task_id
            yield from ({"task": task_id, **each} for each in task["predictions"])

    def are_there(self, rows: Mapping[str, Row]) -> bool:
        """Whether there are as many pre-labels of the model as there should be."""
        due = sum(row["arm"] == "shown" for row in rows.values())
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
