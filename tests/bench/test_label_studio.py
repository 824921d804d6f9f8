"""Push and pull at size, beside the fastest that Label Studio itself can do; and fifty random schedules of faults."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from annotation.door.calls import Calls
from annotation.door.connection import Server, connect
from annotation.door.transport import Patience
from annotation.kept.state import state_of
from annotation.page.controls import slots_of
from annotation.page.interface import interface
from annotation.pull.pull import pull
from annotation.push.outgoing import outgoing
from annotation.push.push import push
from annotation.queue.sample import queue
from pipeline.config import Config
from pipeline.errors import StudioError
from pipeline.stage import batches
from tests.contract.faults import FAULTS, FaultyProxy
from tests.contract.runs import make_run
from tests.contract.truth import Truth, assert_exact, rows

pytestmark = pytest.mark.bench

TASKS = int(os.environ.get("ONRECORD_BENCH_TASKS", "10000"))
CHUNK = 500
CONFIG = Config()


def timed(job: Callable[[], object]) -> float:
    begun = time.perf_counter()
    job()
    return time.perf_counter() - begun


@pytest.fixture(scope="module")
def calls(studio) -> Calls:
    return Calls(connect(studio.server), studio.server)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return make_run(tmp_path_factory.mktemp("bench") / "run", TASKS, per_article=20)


@pytest.fixture(scope="module")
def tasks(run) -> list[dict]:
    xml = interface(CONFIG.scheme, slots_of(CONFIG.scheme))
    return list(outgoing(run, queue(run, CONFIG), CONFIG, xml, "small@1"))


def test_pushing_is_hardly_slower_than_the_bare_import(calls, run, tasks, tmp_path):
    """Choosing sentences, making and checking tasks, looking before and after: all of it beside the SDK's import."""
    xml = interface(CONFIG.scheme, slots_of(CONFIG.scheme))

    def bare() -> None:
        project = calls.client.projects.create(title="bare import", label_config=xml, maximum_annotations=2)
        for chunk in batches(tasks, CHUNK):
            calls.client.projects.import_tasks(id=project.id, request=chunk, return_task_ids=True)

    times: dict[str, list[float]] = {"bare": [], "push": []}
    for turn in range(3):
        name = f"bench push {os.getpid()} {turn}"
        times["bare"].append(timed(bare))
        times["push"].append(timed(lambda name=name: push(run, name, CONFIG, calls)))
    rates = {name: TASKS / min(each) for name, each in times.items()}
    print(f"\n{TASKS} tasks with predictions: {times}; tasks/s {rates}; ratio {rates['push'] / rates['bare']:.2f}")
    assert rates["push"] >= 0.9 * rates["bare"]


@pytest.fixture(scope="module")
def judged(studio, calls, run, tasks) -> tuple[str, int]:
    """A project with all tasks judged by two people."""
    xml = interface(CONFIG.scheme, slots_of(CONFIG.scheme))
    name = f"bench pull {os.getpid()}"
    project = calls.client.projects.create(title=name, label_config=xml, maximum_annotations=2).id
    people = [studio.annotator().user_id for _ in range(2)]
    for chunk in batches(tasks, CHUNK):
        calls.client.projects.import_tasks(id=project, request=[_judged(task, people) for task in chunk])
    return name, project


def _judged(task: dict, people: list[int]) -> dict:
    controls = ("speaker", "stance_1", "sentiment_1", "stance_2", "sentiment_2")
    values = ("Ann Lee", "favor", "neutral", "against", "neutral")
    answers = [
        {
            "id": control,
            "from_name": control,
            "to_name": "sentence",
            "type": "choices",
            "value": {"choices": [value]},
            "origin": "manual",
        }
        for control, value in zip(controls, values, strict=True)
    ]
    annotations = [
        {"completed_by": person, "ground_truth": False, "lead_time": 4.0, "result": answers} for person in people
    ]
    return {**task, "annotations": annotations}


def test_a_full_pull_is_hardly_slower_than_the_fastest_export(studio, calls, run, judged):
    name, project = judged
    adopted = timed(lambda: push(run, name, CONFIG, calls))
    state = state_of(run, name)
    everything = {"predictions": {"only_id": False}, "annotations__completed_by": {"only_id": True}}
    exports = calls.client.projects.exports

    def snapshot() -> None:
        made = exports.create(project, title="bench", serialization_options=everything)
        json.loads(b"".join(exports.download(project, made.id)))

    def as_json() -> None:
        json.loads(b"".join(exports.download_sync(project, export_type="JSON", download_all_tasks=True)))

    times: dict[str, list[float]] = {"snapshot": [], "as_json": [], "pull": []}
    for _ in range(2):
        times["snapshot"].append(timed(snapshot))
        times["pull"].append(timed(lambda: pull(state, calls, full=True)))
        times["as_json"].append(timed(as_json))
    best = {way: min(each) for way, each in times.items()}
    fastest = min(best["snapshot"], best["as_json"])
    truth = Truth(studio.server, project)
    some = list(calls.tasks(project, "id"))[:: max(1, TASKS // 10)][:10]
    for task in some:
        full = truth.call("GET", f"/api/tasks/{task['id']}/")
        truth.annotate(full)
    increment = timed(lambda: pull(state, calls))
    print(f"\n{TASKS} tasks, {2 * TASKS} annotations: {times}; push that finds all there {adopted:.1f} s")
    print(
        f"full pull {best['pull'] / fastest:.2f} x the fastest export; 10 new annotations pulled in {increment:.2f} s"
    )
    assert best["pull"] < 1.2 * fastest
    assert increment < 2
    assert_exact(run, truth)


def test_memory_does_not_grow_with_the_project(studio, run, judged, tmp_path):
    """The peak of a whole `onrecord pull --full`, against that of one over three tenths of the tasks.

    Fewer would not fill what is under way at once: two exports made, two waiting, one read.
    """
    name, _ = judged
    small = make_run(tmp_path / "small", TASKS * 3 // 10, per_article=20)
    calls = Calls(connect(studio.server), studio.server)
    push(run, name, CONFIG, calls)
    _judge_small(studio, calls, small, f"bench small {os.getpid()}")
    peaks = {"three tenths": _peak(small.path, studio), "all": _peak(run.path, studio)}
    print(f"\npeak memory of a full pull: {peaks} MB")
    assert peaks["all"] < peaks["three tenths"] + 30


def _judge_small(studio, calls: Calls, small, name: str) -> None:
    """Push a run and have two people judge all of it."""
    xml = interface(CONFIG.scheme, slots_of(CONFIG.scheme))
    made = list(outgoing(small, queue(small, CONFIG), CONFIG, xml, "small@1"))
    project = calls.client.projects.create(title=name, label_config=xml, maximum_annotations=2).id
    people = [studio.annotator().user_id for _ in range(2)]
    for chunk in batches(made, CHUNK):
        calls.client.projects.import_tasks(id=project, request=[_judged(task, people) for task in chunk])
    push(small, name, CONFIG, calls)


def _peak(run: Path, studio) -> float:
    """Megabytes at most in memory while a full pull runs."""
    code = (
        "import sys; from pipeline.cli.app import app; app(sys.argv[1:], standalone_mode=False);"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    command = [sys.executable, "-c", code, "pull", str(run), "--full"]
    environment = {**os.environ, "LABEL_STUDIO_URL": studio.url, "LABEL_STUDIO_API_KEY": studio.server.token}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True, timeout=600)
    return int(done.stdout.splitlines()[-1]) / 1024


SCHEDULES = 50
HASTY = (Patience(tries=6, first=0.02, longest=0.2, timeout=2), Patience(tries=2, first=0.02, timeout=2))
"""Patience that mostly lasts, and patience that hardly ever does."""


@pytest.mark.parametrize("seed", range(SCHEDULES))
def test_a_random_schedule_of_faults(studio, tmp_path, monkeypatch, seed):
    """Pushes, answers, edits, deletions and pulls, with faults on every third call; run again until it is done.

    In the end every item is one task with its pre-label once, and the run's table is what Label Studio holds.
    """
    chance = random.Random(seed)
    for module in ("push", "sending", "shown"):
        monkeypatch.setattr(f"annotation.push.{module}.CHUNK", 5)
    monkeypatch.setattr("annotation.pull.reader.EXPORTED", 5)
    monkeypatch.setattr("annotation.door.calls.PAGE", 7)
    name = f"schedule {os.getpid()} {seed}"
    faults = [fault for fault in FAULTS if fault != "late" or seed % 5 == 0]
    with FaultyProxy(studio.url) as proxy:
        server = Server(url=proxy.url, token=studio.server.token)
        calls = Calls(connect(server), server, HASTY[seed % 2])
        proxy.decide = lambda *_: chance.choice(faults) if chance.random() < 0.33 else None
        small = Config.model_validate({"annotation": {"size": 12}})
        made = make_run(tmp_path / "run", 24)
        stopped = again(lambda: push(made, name, small, calls))
        truth = Truth(studio.server, state_of(made, name).pushed().project_id)
        for task in chance.sample(truth.tasks(), 6):
            truth.annotate(task)
        stopped += again(lambda: pull(state_of(made, name), calls))
        make_run(tmp_path / "run", 24, model="later@2")
        stopped += again(lambda: push(made, name, CONFIG, calls))
        answered = [each for task in truth.tasks() for each in task["annotations"]]
        truth.change(answered[0], stance_1="against")
        truth.remove(answered[1])
        truth.skip(next(task for task in truth.tasks() if not task["annotations"]))
        stopped += again(lambda: pull(state_of(made, name), calls))
    print(
        f"\nschedule {seed}: {len(proxy.calls)} calls, {sum(bool(f) for *_, f in proxy.calls)} faults, {stopped} stops"
    )
    assert sorted(truth.uids()) == sorted(item.uid for item in queue(made, CONFIG))
    for task in truth.tasks():
        shown = [each for each in task["predictions"] if each["model_version"] == "later@2"]
        assert len(shown) == (task["data"]["arm"] == "shown")
    assert_exact(made, truth)
    versions = [
        (row["annotation_id"], row["event"], row["updated"]) for row in rows(state_of(made, name).path / "history")
    ]
    assert len(versions) == len(set(versions)) == 9


def again(job: Callable[[], object], most: int = 40) -> int:
    """Run a job until it does not stop with an error; how often it did."""
    for stopped in range(most):
        try:
            job()
        except StudioError:
            continue
        else:
            return stopped
    raise AssertionError(f"not done after {most} times")
