"""What Label Studio itself says of a project, read by plain HTTP past everything that is tested."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import httpx
import pyarrow.parquet as pq

from annotation.door.connection import Server


class Truth:
    """A project as the server shows it to anybody with a token, and what people do to it."""

    def __init__(self, server: Server, project: int) -> None:
        self.project = project
        self.http = httpx.Client(
            base_url=server.url, headers={"Authorization": f"Token {server.token}"}, timeout=600, trust_env=False
        )

    def call(self, method: str, path: str, **request) -> dict:
        answer = self.http.request(method, path, **request)
        answer.raise_for_status()
        return answer.json() if answer.content else {}

    def settings(self) -> dict:
        return self.call("GET", f"/api/projects/{self.project}/")

    def tasks(self) -> list[dict]:
        found = self.call(
            "GET",
            "/api/tasks",
            params={"project": self.project, "fields": "all", "page_size": 10000, "resolve_uri": "false"},
        )
        return sorted(found["tasks"], key=lambda task: task["id"])

    def uids(self) -> list[str]:
        return [task["data"]["uid"] for task in self.tasks()]

    def task(self, uid: str) -> dict:
        return next(task for task in self.tasks() if task["data"]["uid"] == uid)

    def annotate(self, task: dict, *, by: str | None = None, token: str | None = None, **changes: str) -> dict:
        """Answer a task as the page does: what is chosen already, with some controls changed."""
        headers = {"Authorization": f"Token {token}"} if token else {}
        shown = next(iter(task["predictions"]), None)
        results = [{**each, "origin": "prediction"} for each in (shown or {"result": []})["result"]]
        controls = {each["from_name"] for each in results} | set(changes)
        if not shown:
            changes = {"speaker": "Ann Lee", "stance_1": "neutral", **changes}
            controls = set(changes)
        results = [each for each in results if each["from_name"] not in changes] + [
            _result(name, changes[name], shown) for name in controls if name in changes
        ]
        body = {"result": results, "lead_time": 4.5, **({"parent_prediction": shown["id"]} if shown else {})}
        return self.call("POST", f"/api/tasks/{task['id']}/annotations/", json=body, headers=headers)

    def skip(self, task: dict) -> dict:
        body = {"result": [], "was_cancelled": True, "lead_time": 1.0}
        return self.call("POST", f"/api/tasks/{task['id']}/annotations/", json=body)

    def change(self, annotation: dict, **changes: str) -> dict:
        kept = [each for each in annotation["result"] if each["from_name"] not in changes]
        body = {"result": kept + [_result(name, value, None) for name, value in changes.items()]}
        return self.call("PATCH", f"/api/annotations/{annotation['id']}/", json=body)

    def remove(self, annotation: dict) -> None:
        self.call("DELETE", f"/api/annotations/{annotation['id']}/")

    def versions(self) -> dict[str, tuple[str, str]]:
        """Every annotation that counts, each person's last on an item: its item and its time of change."""
        last = {
            (task["data"]["uid"], each["completed_by"]): (str(each["id"]), each["updated_at"])
            for task in self.tasks()
            for each in sorted(task["annotations"], key=lambda one: one["updated_at"])
        }
        return {annotation: (uid, updated) for (uid, _), (annotation, updated) in last.items()}


def _result(name: str, value: str, shown: dict | None) -> dict:
    kind = "textarea" if name in ("speaker_other", "comment") else "choices"
    key = "text" if kind == "textarea" else "choices"
    origin = "prediction-changed" if shown else "manual"
    return {
        "id": name, "from_name": name, "to_name": "sentence", "type": kind, "value": {key: [value]}, "origin": origin
    }  # fmt: skip


def rows(folder: Path) -> list[dict]:
    return [row for path in sorted(folder.glob("*.parquet")) for row in pq.read_table(path).to_pylist()]


def answers(run) -> list[dict]:
    return rows(run.path / "annotations")


def pulled_versions(run) -> dict[str, tuple[str, str]]:
    """Every annotation in the run's table: its item and its time of change."""
    return {row["annotation_id"]: (row["uid"], row["updated"]) for row in answers(run)}


def assert_exact(run, truth: Truth) -> None:
    """The run's table holds what Label Studio holds: nothing lost, nothing doubled, nothing stale."""
    assert pulled_versions(run) == truth.versions()
    keys = Counter((row["annotation_id"], row["question"], row["target"]) for row in answers(run))
    assert max(keys.values(), default=1) == 1


def assert_sent_once(truth: Truth, queue: list[str]) -> None:
    """Every item of the queue is one task, in order, and a pre-label is shown on each that is not blind, once."""
    tasks = truth.tasks()
    assert [task["data"]["uid"] for task in tasks] == queue
    for task in tasks:
        assert len(task["predictions"]) == (task["data"]["arm"] == "shown"), task["data"]["uid"]
