"""Whatever befalls calls, servers and projects: nothing lost, nothing doubled, and running it again completes it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count

import pytest

from annotation.door.calls import Calls
from annotation.door.connection import Server, connect
from annotation.door.transport import Patience
from annotation.kept.state import state_of
from annotation.pull.pull import pull
from annotation.push.push import push
from annotation.queue.sample import queue
from pipeline.config import Config
from pipeline.errors import StudioError
from tests.contract.faults import AFTER, FAULTS, FaultyProxy
from tests.contract.runs import make_run
from tests.contract.truth import Truth, answers, assert_exact, assert_sent_once, rows

_NUMBER = count(1)
CONFIG = Config()
QUICK = Patience(tries=8, first=0.02, longest=0.3, timeout=30)
HASTY = Patience(tries=8, first=0.02, longest=0.3, timeout=2)
"""Patience that a late answer outlasts."""


@pytest.fixture
def name() -> str:
    return f"faults {os.getpid()}-{next(_NUMBER)}"


@pytest.fixture
def proxy(studio) -> Iterator[FaultyProxy]:
    with FaultyProxy(studio.url) as between:
        yield between


@pytest.fixture
def small_chunks(monkeypatch) -> None:
    """Several imports, exports and pages even of a small run."""
    for module in ("push", "sending", "shown"):
        monkeypatch.setattr(f"annotation.push.{module}.CHUNK", 4)
    monkeypatch.setattr("annotation.pull.reader.EXPORTED", 4)
    monkeypatch.setattr("annotation.door.calls.PAGE", 5)


def through(proxy: FaultyProxy, studio, patience: Patience = QUICK) -> Calls:
    """Calls to the server through the proxy."""
    server = Server(url=proxy.url, token=studio.server.token)
    return Calls(connect(server), server, patience)


def on(method: str, part: str, fault: str, number: int = 0):
    """The fault befalls the n-th call of this method whose path has this part."""
    seen = count()

    def decide(_: int, called: str, path: str) -> str | None:
        return fault if called == method and part in path and next(seen) == number else None

    return decide


def order(run) -> list[str]:
    return [item.uid for item in queue(run, CONFIG)]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_while_tasks_are_sent(studio, proxy, name, tmp_path, small_chunks, fault):
    run = make_run(tmp_path / "run")
    calls = through(proxy, studio, HASTY if fault == "late" else QUICK)
    proxy.decide = on("POST", "/import?", fault, number=1)
    done = push(run, name, CONFIG, calls)
    assert fault in {befell for _, _, befell in proxy.calls}
    assert_sent_once(Truth(studio.server, done.project_id), order(run))
    assert (done.sent, push(run, name, CONFIG, calls).sent) == (12, 0)


@pytest.mark.parametrize("fault", ["lost", "late"])
def test_a_fault_while_the_project_is_made(studio, proxy, name, tmp_path, fault):
    run = make_run(tmp_path / "run", 6)
    calls = through(proxy, studio, HASTY if fault == "late" else QUICK)
    proxy.decide = on("POST", "/api/projects/", fault)
    done = push(run, name, CONFIG, calls)
    assert len(calls.titled(name)) == 1
    assert_sent_once(Truth(studio.server, done.project_id), order(run))


@pytest.fixture(scope="module")
def judged(studio, tmp_path_factory):
    """A run in a project, half of it judged: for tests that leave its tasks and answers as they are."""
    run = make_run(tmp_path_factory.mktemp("faults") / "run")
    done = push(run, f"faults {os.getpid()}", CONFIG, Calls(connect(studio.server), studio.server))
    truth = Truth(studio.server, done.project_id)
    for task in truth.tasks()[::2]:
        truth.annotate(task)
    pull(state_of(run, f"faults {os.getpid()}"), Calls(connect(studio.server), studio.server))
    return run, state_of(run, f"faults {os.getpid()}"), truth


@pytest.mark.parametrize("fault", ["500", "reset", *AFTER])
def test_a_fault_while_pre_labels_are_replaced(studio, proxy, judged, small_chunks, fault):
    run, state, truth = judged
    calls = through(proxy, studio, HASTY if fault == "late" else QUICK)
    state.write_pushed(replace(state.pushed(), url=proxy.url))
    model = f"{fault}@2"
    make_run(run.path, model=model)
    proxy.decide = on("POST", "/import/predictions", fault, number=1)
    push(run, state.pushed().name, CONFIG, calls)
    assert fault in {befell for _, _, befell in proxy.calls}
    for task in truth.tasks():
        shown = [each for each in task["predictions"] if each["model_version"] == model]
        assert len(shown) == (task["data"]["arm"] == "shown")
    assert truth.settings()["model_version"] == model


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_while_answers_are_read(studio, proxy, judged, small_chunks, fault):
    run, state, truth = judged
    calls = through(proxy, studio, HASTY if fault == "late" else QUICK)
    proxy.decide = on("GET", "/export", fault, number=1)
    for path in (run.path / "annotations").glob("*.parquet"):
        path.unlink()
    pull(state, calls, full=True)
    assert fault in {befell for _, _, befell in proxy.calls}
    assert_exact(run, truth)
    assert len(rows(state.path / "history")) == 6


def test_an_import_that_arrives_after_it_was_given_up_is_not_doubled(studio, proxy, name, tmp_path, small_chunks):
    """The server gets the call only after the same tasks were sent again."""
    run = make_run(tmp_path / "run")
    calls = through(proxy, studio, Patience(tries=4, first=0.01, longest=0.02, timeout=1))
    arrived = threading.Event()
    forward = proxy._forward

    def slowly(request, body):
        if "/import?" in request.path and not arrived.is_set():
            arrived.set()
            threading.Event().wait(2.2)
        return forward(request, body)

    proxy._forward = slowly
    done = push(run, name, CONFIG, calls)
    threading.Event().wait(1.5)
    push(run, name, CONFIG, calls)
    assert arrived.is_set()
    assert_sent_once_in_any_order(Truth(studio.server, done.project_id), order(run))


def assert_sent_once_in_any_order(truth: Truth, uids: list[str]) -> None:
    assert sorted(truth.uids()) == sorted(uids)
    assert all(len(task["predictions"]) == (task["data"]["arm"] == "shown") for task in truth.tasks())


@pytest.mark.parametrize(("fault", "said"), [("500", "HTTP status 500"), ("reset", "broke"), ("page", "understood")])
def test_when_patience_runs_out_it_is_said_and_the_next_run_goes_on(
    studio, proxy, name, tmp_path, small_chunks, fault, said
):
    run = make_run(tmp_path / "run")
    calls = through(proxy, studio, Patience(tries=3, first=0.01, longest=0.02, timeout=5))
    imports = count()
    proxy.decide = lambda _, __, path: fault if "/import?" in path and next(imports) >= 1 else None
    with pytest.raises(StudioError, match=said) as error:
        push(run, name, CONFIG, calls)
    assert "again" in error.value.fix
    assert "Ann Lee" not in str(error.value)
    proxy.decide = lambda *_: None
    done = push(run, name, CONFIG, calls)
    assert (done.there, done.sent) == (4, 8)
    assert_sent_once(Truth(studio.server, done.project_id), order(run))


def test_a_revoked_token_stops_at_once_and_loses_nothing(studio, proxy, name, tmp_path, small_chunks):
    run = make_run(tmp_path / "run", 6)
    calls = through(proxy, studio)
    truth = Truth(studio.server, push(run, name, CONFIG, calls).project_id)
    for task in truth.tasks():
        truth.annotate(task)
    pull(state_of(run, name), calls)
    before = answers(run)
    truth.change(truth.tasks()[0]["annotations"][0], stance_1="against")
    revoked = Calls(calls.client, calls.server, QUICK)
    revoked.client._client_wrapper._tokens_client._api_key = "0" * 40
    for job in (lambda: pull(state_of(run, name), revoked), lambda: push(run, name, CONFIG, revoked)):
        begun = len(proxy.calls)
        with pytest.raises(StudioError, match="refuses the token"):
            job()
        assert len(proxy.calls) == begun + 1
    assert answers(run) == before
    pull(state_of(run, name), through(proxy, studio))
    assert_exact(run, truth)


def test_a_project_deleted_while_its_answers_are_read(studio, proxy, name, tmp_path, small_chunks):
    run = make_run(tmp_path / "run", 6)
    calls = through(proxy, studio)
    truth = Truth(studio.server, push(run, name, CONFIG, calls).project_id)
    for task in truth.tasks():
        truth.annotate(task)
    pull(state_of(run, name), calls)
    before = answers(run)
    exports = count()

    def decide(_: int, __: str, path: str) -> None:
        if "/export" in path and next(exports) == 1:
            truth.call("DELETE", f"/api/projects/{truth.project}/")

    proxy.decide = decide
    with pytest.raises(StudioError, match="somebody deleted it"):
        pull(state_of(run, name), calls, full=True)
    assert answers(run) == before


def test_somebody_changes_answers_while_they_are_read(studio, proxy, name, tmp_path, small_chunks):
    run = make_run(tmp_path / "run", 6)
    calls = through(proxy, studio)
    truth = Truth(studio.server, push(run, name, CONFIG, calls).project_id)
    made = [truth.annotate(task) for task in truth.tasks()]

    def decide(number: int, _: str, path: str) -> None:
        if "/export" in path:
            truth.change(made[0], comment=f"at call {number}")
            truth.annotate(truth.tasks()[number % 6])

    proxy.decide = decide
    pull(state_of(run, name), calls)
    proxy.decide = lambda *_: None
    pull(state_of(run, name), calls)
    assert_exact(run, truth)


def test_four_annotators_at_once(studio, name, tmp_path, small_chunks):
    run = make_run(tmp_path / "run", 4)
    calls = Calls(connect(studio.server), studio.server)
    truth = Truth(studio.server, push(run, name, CONFIG, calls).project_id)
    tasks = truth.tasks()
    people = [studio.annotator() for _ in range(4)]
    with ThreadPoolExecutor(5) as pool:
        at_work = [
            pool.submit(lambda who=who: [truth.annotate(task, token=who.token) for task in tasks]) for who in people
        ]
        while not all(each.done() for each in at_work):
            pull(state_of(run, name), calls)
    for each in at_work:
        each.result()
    done = pull(state_of(run, name), calls)
    assert (done.annotations, done.settled) == (16, True)
    assert_exact(run, truth)
    assert len(rows(state_of(run, name).path / "history")) == 16


@pytest.mark.parametrize("part", ["/import?", "/export"])
def test_a_server_killed_and_started_again(fresh_studio, name, tmp_path, small_chunks, part):
    """Killed as by a power cut in the middle of a push, then of a pull; started again seconds later."""
    run = make_run(tmp_path / "run", 6)
    with FaultyProxy(fresh_studio.url) as proxy:
        calls = through(proxy, fresh_studio, Patience(tries=40, first=0.1, longest=1, timeout=20))
        killed = threading.Event()
        seen = count()

        def power_cut() -> None:
            threading.Event().wait(0.03)
            fresh_studio.kill()
            killed.set()
            fresh_studio.start()

        def decide(_: int, __: str, path: str) -> None:
            if part in path and next(seen) == 1:
                threading.Thread(target=power_cut).start()

        if part == "/import?":
            proxy.decide = decide
        done = push(run, name, CONFIG, calls)
        truth = Truth(fresh_studio.server, done.project_id)
        assert_sent_once(truth, order(run))
        for task in truth.tasks():
            truth.annotate(task)
        proxy.decide = decide
        pull(state_of(run, name), calls)
        assert killed.is_set()
        assert_exact(run, truth)
