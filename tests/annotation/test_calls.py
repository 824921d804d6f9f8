"""What is not there is told from what is refused by the status of the answer, never by its words."""

from __future__ import annotations

import httpx
import pytest
from label_studio_sdk.client import LabelStudio

from annotation.door.address import Server
from annotation.door.calls import Calls
from annotation.door.transport import Patience
from pipeline.errors import MissingError, StudioError

SERVER = Server(url="http://127.0.0.1:8080", token="0123456789abcdef0123456789abcdef01234567")
MISSING = (404, "Not found.")
REFUSED = (400, "the storage answered (HTTP status 404).")


def calls(**answers: tuple[int, str]) -> Calls:
    """Calls to a server that gives each path with a word in it this status and reason, and finds all others."""

    def answer(request: httpx.Request) -> httpx.Response:
        status, reason = next((found for word, found in answers.items() if word in request.url.path), (200, ""))
        return httpx.Response(status, json={"detail": reason, "id": 1})

    http = httpx.Client(transport=httpx.MockTransport(answer))
    client = LabelStudio(base_url=SERVER.url, api_key=SERVER.token, httpx_client=http)
    return Calls(client, SERVER, Patience(tries=1))


def test_a_task_and_a_project_that_are_not_there_are_none():
    assert calls(tasks=MISSING).task(1) is None
    assert calls(projects=MISSING).project(1) is None
    calls(tasks=MISSING).remove_task(1)


def test_a_refusal_that_speaks_of_status_404_is_a_refusal():
    server = calls(tasks=REFUSED, projects=REFUSED)
    for call in (server.task, server.project, server.remove_task, lambda project: server.export(project, [1])):
        with pytest.raises(StudioError, match="HTTP status 400") as error:
            call(1)
        assert not isinstance(error.value, MissingError)


def test_tasks_and_exports_of_a_project_that_is_not_there_say_that_it_was_deleted():
    for call in (lambda server: list(server.tasks(1, "id")), lambda server: server.export(1, [1])):
        with pytest.raises(StudioError, match="somebody deleted it"):
            call(calls(tasks=MISSING, projects=MISSING))


def test_a_list_that_is_missing_although_the_project_is_there_is_missing():
    with pytest.raises(MissingError, match="would not list the tasks"):
        list(calls(tasks=MISSING).tasks(1, "id"))
