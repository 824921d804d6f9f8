"""What push and pull ask of a Label Studio project."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from annotation.door.transport import Transport
from pipeline.errors import MissingError, Place, StudioError

Json = dict[str, Any]
PAGE = 1000
EXPORTED = 500
"""Tasks in one export: their ids must fit the address of a request (8 kB where nginx stands before the server)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What Label Studio says of a project: tasks, annotations that are no skips, and skips."""

    tasks: int
    annotations: int
    skipped: int


class Calls(Transport):
    """The calls to one server. Safe to be used by several threads."""

    def project(self, project: int, *fields: str) -> Json | None:
        """The project, or None where there is none of this id (any more)."""
        params = {"include": ",".join(("id", *fields))} if fields else {}
        try:
            return dict(self.read("read the project", "GET", f"api/projects/{project}/", params=params))
        except MissingError:
            return None

    def counts(self, project: int) -> Counts:
        """How many tasks and annotations the project has. Raises StudioError where it was deleted."""
        found = self.project(project, "task_number", "total_annotations_number", "skipped_annotations_number")
        if found is None:
            raise self.gone(project)
        return Counts(
            tasks=found["task_number"],
            annotations=found["total_annotations_number"],
            skipped=found["skipped_annotations_number"],
        )

    def gone(self, project: int) -> StudioError:
        """Says that the project was deleted."""
        return StudioError(
            "the project is not there any more: somebody deleted it in Label Studio.",
            where=Place(path=f"{self.server.url}/projects/{project}"),
            fix="what was pulled before is kept in the run; to go on, push the run again under another --project name.",
        )

    def titled(self, title: str) -> list[Json]:
        """The projects of this title, oldest first."""
        found: list[Json] = []
        page = 1
        while True:
            params = {"title": title, "include": "id,title", "page": page, "page_size": PAGE, "ordering": "id"}
            answer = self.read("list the projects", "GET", "api/projects/", params=params)
            found += [each for each in answer["results"] if each["title"] == title]
            if not answer["next"]:
                return sorted(found, key=lambda each: int(each["id"]))
            page += 1

    def tasks(self, project: int, fields: str, *filters: Json) -> Iterator[Json]:
        """The project's tasks that pass all `filters`, by id, each with `fields`.

        Goes from id to id, not from page to page, so that what comes and goes meanwhile makes none be left out; and
        a project deleted meanwhile is an error, where the SDK's own list just ends.
        """
        last = 0
        while True:
            page = self._page(project, fields, PAGE, *filters, where("id", "greater", last, "Number"))
            yield from page["tasks"]
            if len(page["tasks"]) < PAGE:
                return
            last = page["tasks"][-1]["id"]

    def matching(self, project: int, *filters: Json) -> int:
        """How many of the project's tasks pass all `filters`."""
        return int(self._page(project, "id", 1, *filters)["total"])

    def first(self, project: int, fields: str, ordering: str) -> Json | None:
        """The project's first task in an order; None where it has no task."""
        tasks = self._page(project, fields, 1, ordering=ordering)["tasks"]
        return dict(tasks[0]) if tasks else None

    def _page(self, project: int, fields: str, size: int, *filters: Json, ordering: str = "tasks:id") -> Json:
        query = {"filters": {"conjunction": "and", "items": list(filters)}, "ordering": [ordering]}
        params = {
            "project": project,
            "fields": "task_only",
            "include": fields,
            "page_size": size,
            "resolve_uri": "false",
            "query": json.dumps(query),
        }
        try:
            return dict(self.read("list the tasks", "GET", "api/tasks", params=params))
        except MissingError as error:
            if self.project(project, "id") is None:
                raise self.gone(project) from error
            raise

    def export(self, project: int, ids: Sequence[int]) -> bytes:
        """The tasks of these ids with their annotations, each with what its annotator was shown; at most `EXPORTED`.

        A JSON list, not read yet, so that another thread may read it. A task that is not there any more is left out.
        This is Label Studio's fastest export with everything in it.
        """
        chosen = "&".join(f"ids[]={each}" for each in ids)
        path = f"api/projects/{project}/export?exportType=JSON&download_all_tasks=true&{chosen}"
        try:
            return self.read_bytes("export the tasks", "GET", path)
        except MissingError as error:
            raise self.gone(project) from error

    def people(self) -> dict[int, str]:
        """The e-mail address of every account, by its number."""
        return {user["id"]: user["email"] for user in self.read("list the accounts", "GET", "api/users/")}

    def versions(self, project: int) -> Mapping[str, int]:
        """How many predictions the project has of each model version."""
        path, params = f"api/projects/{project}/model-versions/", {"extended": "true"}
        found = self.read("list the model versions", "GET", path, params=params)
        return {each["model_version"]: each["count"] for each in found["static"]}

    def remove_version(self, project: int, version: str) -> None:
        """Remove the predictions of one model version; nothing else."""
        path = f"api/projects/{project}/model-versions/"
        self.read("remove predictions", "DELETE", path, body={"model_version": version})

    def predictions(self, project: int) -> list[Json]:
        """Every prediction of the project: its ``id``, ``task``, ``model_version``, ``score`` and ``result``."""
        return list(self.read("read the pre-labels", "GET", "api/predictions/", params={"project": project}))

    def remove_prediction(self, prediction: int) -> None:
        """Remove one prediction; well if it is gone already."""
        with suppress(MissingError):
            self.read("remove a pre-label", "DELETE", f"api/predictions/{prediction}/")

    def import_tasks(self, project: int, tasks: Sequence[Json]) -> list[int]:
        """Send tasks; their ids, in order. Raises UnsureError where they may have arrived although the call failed."""
        path, params = f"api/projects/{project}/import", {"return_task_ids": "true"}
        made = self.send("import the tasks", "POST", path, params=params, body=tasks)
        if len(made.get("task_ids") or ()) != len(tasks):
            raise self._short("tasks", made.get("task_count"), len(tasks))
        return [int(each) for each in made["task_ids"]]

    def import_predictions(self, project: int, predictions: Sequence[Json]) -> None:
        """Send predictions. Raises UnsureError where they may have arrived although the call failed."""
        path = f"api/projects/{project}/import/predictions"
        made = self.send("import the predictions", "POST", path, body=predictions)
        if made["created"] != len(predictions):
            raise self._short("predictions", made["created"], len(predictions))

    def _short(self, what: str, made: object, sent: int) -> StudioError:
        return StudioError(
            f"Label Studio took {made} of {sent} {what}.",
            where=self.server.where,
            fix="look at the server's log for the reason, then run the same command again.",
        )

    def change_task(self, task: int, changes: Json) -> None:
        """Change fields of a task; its annotations stay."""
        self.read("change a task", "PATCH", f"api/tasks/{task}/", body=changes)

    def task(self, task: int) -> Json | None:
        """A task with all that is in it, its predictions among it; None if it is not there any more."""
        try:
            return dict(self.read("read a task", "GET", f"api/tasks/{task}/"))
        except MissingError:
            return None

    def is_touched(self, task: int) -> bool:
        """Whether anybody has judged or skipped a task, or begun to."""
        found = self.task(task)
        return found is not None and bool(found["annotations"] or found["drafts"])

    def remove_task(self, task: int) -> None:
        """Remove a task; well if it is gone already."""
        with suppress(MissingError):
            self.read("remove a task that came twice", "DELETE", f"api/tasks/{task}/")

    def remove_all_tasks(self, project: int) -> None:
        """Remove all tasks of a project."""
        self.read("remove the tasks", "DELETE", f"api/projects/{project}/tasks/")


def where(column: str, operator: str, value: object, kind: str) -> Json:
    """A filter on tasks, in Label Studio's form."""
    return {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}
