"""How far annotation has come, as the command line tells it: push, label, pull, status, as a lead types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from annotation.kept.progress import status
from annotation.kept.state import pushed_state
from pipeline.cli.status import _lines
from pipeline.store import Run
from tests.contract.runs import make_run
from tests.contract.truth import Truth


def onrecord(studio, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli.app", *map(str, words)]
    known = {"LABEL_STUDIO_URL": studio.url, "LABEL_STUDIO_API_KEY": studio.server.token}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, env={**os.environ, **known}
    )


def test_a_lead_pushes_pulls_and_sees_how_far_it_is(studio, tmp_path):
    run = make_run(tmp_path / "run", 6)
    name = f"status {os.getpid()}"
    pushed = onrecord(studio, "push", run.path, "--project", name)
    assert pushed.returncode == 0, pushed.stderr
    state = pushed_state(run, None)
    truth = Truth(studio.server, state.pushed().project_id)
    assert f"{studio.url}/projects/{truth.project}/data?labeling=1" in pushed.stdout
    assert "Next: onrecord annotators add" in pushed.stdout
    assert pushed.stderr == ""
    people = [studio.annotator() for _ in range(2)]
    tasks = truth.tasks()
    for person, label in zip(people, ("favor", "against"), strict=True):
        for task in tasks[:3]:
            truth.annotate(task, token=person.token, stance_1=label)
    found = json.loads(onrecord(studio, "status", run.path, "--pull", "--json").stdout)
    assert {person["annotator"]: person["done"] for person in found["people"]} == {each.code: 3 for each in people}
    assert (found["complete"], found["coverage"], found["left"]) == (3, [3, 0, 3], 6)
    assert found["agreement"]["stance"]["units"] >= 3
    assert "low so far" in found["agreement"]["stance"]["warning"]
    shown = onrecord(studio, "status", run.path)
    assert shown.returncode == 0, shown.stderr
    assert people[0].code in shown.stdout
    assert people[0].email not in shown.stdout
    assert "3 of 6 pages done" in shown.stdout
    assert "Pages: 3 judged twice, 3 not yet." in shown.stdout
    assert "speaker: 3 units judged twice or more" in shown.stdout
    assert "Careful: low so far" in shown.stdout


@pytest.mark.parametrize("command", ["pull", "status"])
def test_a_run_that_was_never_pushed_says_so(studio, tmp_path, command):
    run = make_run(tmp_path / "run", 6)
    done = onrecord(studio, command, run.path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Fix: push it: onrecord push" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_project_that_was_never_pushed_to_is_named(studio, tmp_path):
    run = make_run(tmp_path / "run", 6)
    onrecord(studio, "push", run.path, "--project", f"known {os.getpid()}")
    done = onrecord(studio, "pull", run.path, "--project", "another")
    assert done.returncode == 2
    assert f"'known {os.getpid()}'" in done.stderr
    assert Run.open(run.path).path == run.path


def answer(annotation: str, uid: str, who: str, minute: int, **other) -> dict:
    created = f"2026-01-02T10:{minute:02d}:00.000000Z"
    known = {"annotation_id": annotation, "uid": uid, "annotator": who, "created": created, "seconds": 10.0}
    return {**known, "skipped": False, "shown_label": None, "origin": "manual", **other}


def item(uid: str, annotators: int, gone: str | None = None) -> dict:
    return {"uid": uid, "annotators": annotators, "gone": gone, "task_id": 1}


def test_numbers_of_a_small_project():
    items = [item(uid, wanted) for uid, wanted in (("a", 2), ("b", 2), ("c", 1))]
    kept = {"shown_label": "favor", "origin": "accepted"}
    changed = {"shown_label": "favor", "origin": "changed"}
    rows = [
        answer("1", "a", "ann", 0, **kept),
        answer("1", "a", "ann", 0, **changed),
        answer("2", "b", "ann", 6, seconds=20.0),
        answer("3", "c", "ann", 50, skipped=True),
        answer("4", "a", "bo", 1, **kept),
        answer("5", "c", "bo", 3),
        answer("6", "c", "bo", 59),
    ]
    found = status(items, rows)
    ann, bo = found.people
    assert (ann.done, ann.skipped, ann.seconds, ann.pace, ann.kept) == (2, 1, 15.0, 10.0, 0.5)
    assert (bo.done, bo.pace, bo.kept) == (2, 30.0, 1.0)
    assert (found.items, found.complete, found.coverage) == (3, 2, (0, 2, 1))
    assert (found.due, found.done, found.left, found.hours_left) == (5, 4, 1, 0.05)


def test_more_people_than_wanted_are_counted_and_no_less_is_left():
    rows = [answer(f"{uid}{who}", uid, who, minute) for minute, (uid, who) in enumerate(("ax", "ay", "az", "bx"))]
    found = status([item("a", 2), item("b", 2)], rows)
    assert (found.due, found.done, found.beyond, found.left) == (4, 3, 1, 1)


def test_how_far_it_is_stands_in_words():
    """Ten pages wanted twice: one person has judged three of them, a minute apart."""
    items = [item(uid, 2) for uid in "abcdefghij"]
    rows = [answer(uid, uid, "ann", minute) for minute, uid in enumerate("abc")]
    assert _lines(status(items, rows)) == [
        "Pages: 3 judged once, 7 not yet.",
        "Judgements: 3 of 20 wanted. At 60 s a page, about 17 minutes of one person's work are left.",
    ]
    rows += [answer(f"{uid}{who}", uid, who, 0) for uid in "ab" for who in ("bo", "cy")]
    pages, judgements, *_ = _lines(status(items, rows))
    assert pages == "Pages: 1 judged once, 2 judged by 3 people, 7 not yet."
    assert judgements.startswith("Judgements: 5 of 20 wanted, and 2 more by further people. At 60 s a page, about 15")
    many = [item(f"{number}", 2) for number in range(50)]
    assert "about 1.9 hours of one person's work" in _lines(status([*items, *many], rows))[1]
    assert _lines(status(items, [])) == ["Pages: 10 not judged yet.", "Judgements: 0 of 20 wanted."]
    assert _lines(status([], []))[0] == "No pages."


def test_numbers_of_a_project_that_nobody_has_touched():
    found = status([item("a", 2)], [])
    assert (found.people, found.coverage, found.left, found.hours_left, found.kept) == ((), (1,), 2, None, None)


def test_what_the_run_no_longer_has_is_no_work_that_is_left():
    found = status([item("a", 2), item("b", 2, gone="b"), item("c", 2, gone="c~1")], [answer("1", "b", "ann", 0)])
    assert (found.items, found.gone, found.due, found.done, found.left) == (1, 2, 2, 0, 2)
    assert [person.done for person in found.people] == [1]
