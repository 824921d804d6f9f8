"""People's answers come back from a real Label Studio: exactly, again without harm, changed and deleted ones too."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from itertools import count

import pytest

from annotation.door.calls import Calls
from annotation.door.connection import connect
from annotation.door.remote import read_remote, settle_copies
from annotation.door.transport import Patience
from annotation.kept.state import ProjectState, state_of
from annotation.pull import changes
from annotation.pull.pull import pull
from annotation.push.push import push
from pipeline.config import Config
from pipeline.errors import RunError, StudioError
from tests.contract.runs import make_run
from tests.contract.truth import Truth, answers, assert_exact, rows

_NUMBER = count(1)
QUICK = Patience(tries=4, first=0.02, longest=0.1, timeout=20)


@pytest.fixture(scope="module")
def calls(studio) -> Calls:
    return Calls(connect(studio.server), studio.server, QUICK)


@pytest.fixture(scope="module")
def people(studio):
    """Two annotators with accounts of their own."""
    return [studio.annotator() for _ in range(2)]


@pytest.fixture
def pushed(studio, calls, tmp_path) -> tuple[ProjectState, Truth]:
    """A run of twelve sentences, three of them blind, in a project of its own; and the project as the server has it."""
    run = make_run(tmp_path / "run")
    name = f"pull {os.getpid()}-{next(_NUMBER)}"
    done = push(run, name, Config.model_validate({"annotation": {"blind_share": 0.3}}), calls)
    return state_of(run, name), Truth(studio.server, done.project_id)


def shown_and_blind(truth: Truth) -> tuple[list[dict], list[dict]]:
    tasks = truth.tasks()
    return [each for each in tasks if each["predictions"]], [each for each in tasks if not each["predictions"]]


def by_question(run, uid: str) -> dict[tuple[str, str | None], dict]:
    return {(row["question"], row["target"]): row for row in answers(run) if row["uid"] == uid}


def test_answers_come_back_as_they_were_given(calls, pushed, people):
    state, truth = pushed
    shown, blind = shown_and_blind(truth)
    truth.annotate(shown[0], token=people[0].token, stance_2="against", flags="sarcasm", comment="“hm” 🤔")
    truth.annotate(blind[0], token=people[1].token)
    done = pull(state, calls)
    assert (done.annotations, done.made, done.settled) == (2, 2, True)
    found = by_question(state.run, shown[0]["data"]["uid"])
    first, second = found["stance", "Ann Lee"], found["stance", "Acme Corp"]
    assert (first["label"], first["origin"]) == (first["shown_label"], "accepted")
    assert (second["label"], second["origin"], second["model_shown"]) == ("against", "changed", "small@1")
    assert second["shown_label"] not in (None, "against")
    assert (second["annotator"], second["flags"], second["comment"]) == (people[0].code, ["sarcasm"], "“hm” 🤔")
    assert (second["seconds"], second["arm"], second["inclusion_probability"]) == (4.5, "shown", 1.0)
    blindly = by_question(state.run, blind[0]["data"]["uid"])["stance", "Ann Lee"]
    assert (blindly["label"], blindly["shown_label"], blindly["origin"]) == ("neutral", None, "manual")
    assert_exact(state.run, truth)


@pytest.mark.parametrize(
    ("typed", "name", "speaker"),
    [("ms lee", "Ann Lee", "ann-lee"), ("Zoë  Ōe", "Zoë Ōe", None), ("BO\N{COMBINING DIAERESIS} ek", "Bo Ek", "bo-ek")],
)
def test_a_typed_speaker_is_the_articles_own_where_it_has_one(calls, pushed, typed, name, speaker):
    state, truth = pushed
    task = shown_and_blind(truth)[0][0]
    truth.annotate(task, speaker="__other__", speaker_other=typed)
    pull(state, calls)
    row = by_question(state.run, task["data"]["uid"])["speaker", None]
    assert (row["label"], row["speaker_id"]) == (name, speaker and f"{row['doc_id']}:{speaker}")


def test_only_what_changed_is_read_again(calls, pushed):
    state, truth = pushed
    tasks = truth.tasks()
    first = truth.annotate(tasks[0])
    truth.annotate(tasks[5])
    assert pull(state, calls).tasks_read == 2
    assert pull(state, calls).tasks_read == 0
    truth.change(first, stance_1="against")
    truth.skip(tasks[7])
    done = pull(state, calls)
    assert (done.tasks_read, done.made, done.changed, done.deleted) == (2, 1, 1, 0)
    assert (done.annotations, done.skipped) == (2, 1)
    assert_exact(state.run, truth)


def test_deleted_answers_go_and_their_history_stays(calls, pushed):
    state, truth = pushed
    tasks = truth.tasks()
    first = truth.annotate(tasks[0], stance_1="favor")
    pull(state, calls)
    truth.change(first, stance_1="against")
    pull(state, calls)
    truth.remove(first)
    assert pull(state, calls).deleted == 1
    assert answers(state.run) == []
    versions = rows(state.path / "history")
    assert [each["event"] for each in versions] == ["made", "changed", "deleted"]
    said = [json.loads(each["result"]) for each in versions[:2]]
    assert [next(r for r in one if r["from_name"] == "stance_1")["value"]["choices"] for one in said] == [
        ["favor"],
        ["against"],
    ]


def test_a_deleted_task_takes_its_answers_along(calls, pushed):
    state, truth = pushed
    tasks = truth.tasks()
    for task in tasks[:3]:
        truth.annotate(task)
    pull(state, calls)
    truth.call("DELETE", f"/api/tasks/{tasks[1]['id']}/")
    done = pull(state, calls)
    assert (done.tasks_gone, done.annotations, done.settled) == (1, 2, True)
    assert_exact(state.run, truth)
    assert [each["event"] for each in rows(state.path / "history")].count("deleted") == 1


def test_answers_deleted_in_bulk_are_noticed(calls, pushed):
    state, truth = pushed
    tasks = truth.tasks()
    for task in tasks[:4]:
        truth.annotate(task)
    pull(state, calls)
    chosen = {"selectedItems": {"all": False, "included": [task["id"] for task in tasks[:3]]}}
    truth.call(
        "POST", "/api/dm/actions", params={"id": "delete_tasks_annotations", "project": truth.project}, json=chosen
    )
    assert pull(state, calls).annotations == 1
    assert_exact(state.run, truth)


def test_of_two_answers_by_one_person_the_later_counts(calls, pushed):
    state, truth = pushed
    task = shown_and_blind(truth)[0][0]
    truth.annotate(task, stance_1="favor")
    later = truth.annotate(task, stance_1="against")
    assert pull(state, calls).annotations == 2
    stances = [row for row in answers(state.run) if row["target"] == "Ann Lee" and row["question"] == "stance"]
    assert [(row["label"], row["annotation_id"]) for row in stances] == [("against", str(later["id"]))]
    assert len(rows(state.path / "history")) == 2


def test_a_task_that_came_twice_is_one_item(calls, pushed, people):
    state, truth = pushed
    task = truth.tasks()[0]
    truth.annotate(task, token=people[0].token)
    pull(state, calls)
    copy = [{"data": task["data"], "predictions": []}]
    truth.call("POST", f"/api/projects/{truth.project}/import", json=copy)
    truth.annotate(truth.tasks()[-1], token=people[1].token)
    done = pull(state, calls)
    assert (done.annotations, done.settled) == (2, True)
    assert {row["annotator"] for row in answers(state.run)} == {each.code for each in people}
    assert_exact(state.run, truth)


def test_a_copy_that_nobody_judged_is_removed(calls, pushed):
    state, truth = pushed
    task = truth.tasks()[0]
    truth.annotate(task)
    truth.call("POST", f"/api/projects/{truth.project}/import", json=[{"data": task["data"], "predictions": []}])
    assert pull(state, calls).settled
    assert len(truth.tasks()) == 12
    assert_exact(state.run, truth)


def test_a_copy_that_somebody_judges_while_it_is_looked_at_is_kept(calls, pushed, people):
    state, truth = pushed
    task = truth.tasks()[0]
    truth.call("POST", f"/api/projects/{truth.project}/import", json=[{"data": task["data"], "predictions": []}])
    remote = read_remote(calls, truth.project, truth.uids())
    truth.annotate(truth.tasks()[-1], token=people[0].token)
    settle_copies(calls, remote)
    pull(state, calls)
    assert {row["annotator"] for row in answers(state.run)} == {people[0].code}
    assert_exact(state.run, truth)


def test_answers_of_accounts_that_are_gone_stay_and_stay_apart(studio, calls, pushed, people):
    state, truth = pushed
    task = truth.tasks()[0]
    made = [truth.annotate(task, token=each.token) for each in people]
    in_database(
        studio, "UPDATE task_completion SET completed_by_id = NULL WHERE id IN (?, ?)", *(m["id"] for m in made)
    )
    assert pull(state, calls, full=True).annotations == 2
    assert {row["annotator"] for row in answers(state.run)} == {f"annotator-gone-{each['id']}" for each in made}


def test_a_servers_clock_that_was_set_back_hides_no_change(studio, calls, pushed):
    state, truth = pushed
    first = truth.annotate(truth.tasks()[0])
    in_database(studio, "UPDATE task SET updated_at = '2999-01-02 03:04:05' WHERE id = ?", truth.tasks()[5]["id"])
    pull(state, calls)
    truth.change(first, stance_1="against")
    assert pull(state, calls).changed == 1
    assert_exact(state.run, truth)


def in_database(studio, statement: str, *values: object) -> None:
    """Change what no call can: the server's own database."""
    with sqlite3.connect(studio.home.data / "label_studio.sqlite3", timeout=30) as database:
        database.execute(statement, values)


def test_people_are_known_by_code_unless_settings_say_otherwise(calls, pushed, people):
    state, truth = pushed
    truth.annotate(truth.tasks()[0], token=people[0].token)
    pull(state, calls)
    everything = b"".join(path.read_bytes() for path in (state.run.path / "annotations").iterdir())
    assert {row["annotator"] for row in answers(state.run)} == {people[0].code}
    assert people[0].email.encode() not in everything
    private = state.path / "people.json"
    assert json.loads(private.read_text())[people[0].code] == people[0].email
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    pull(state, calls, pseudonyms=False)
    assert {row["annotator"] for row in answers(state.run)} == {people[0].email}


def test_a_change_that_becomes_visible_late_is_found(calls, pushed):
    """As if the second of three answers had become visible after the third was read."""
    _, truth = pushed
    tasks = truth.tasks()
    for task in tasks[:3]:
        truth.annotate(task)
    edge = {tasks[0]["id"]: changes.stamp(truth.tasks()[0]["updated_at"])}
    cursor = changes.newest(calls, truth.project)
    edge[tasks[2]["id"]] = cursor
    assert tasks[1]["id"] in changes.changed(calls, truth.project, cursor, edge)
    edge[tasks[1]["id"]] = changes.stamp(truth.tasks()[1]["updated_at"])
    assert tasks[1]["id"] not in changes.changed(calls, truth.project, cursor, edge)


def test_a_pull_stopped_half_way_is_finished_by_the_next(calls, pushed, monkeypatch):
    state, truth = pushed
    for task in truth.tasks()[::2]:
        truth.annotate(task)

    def stop(*_, **__) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ProjectState, "write_pulled", stop)
        with pytest.raises(KeyboardInterrupt):
            pull(state, calls)
    pull(state, calls)
    assert_exact(state.run, truth)
    assert len(rows(state.path / "history")) == 6


def test_what_no_database_holds_comes_back_as_it_was(studio, calls, tmp_path):
    """A NUL in a sentence, a target and a speaker's name: shown as a picture, and in the run's tables as it was."""
    target, speaker = "Ac\0me", "Ann\0Lee"
    run = make_run(tmp_path / "run", 2, targets=(target,), person=speaker, texts=("So\0said.", "And so."))
    name = f"nul {os.getpid()}"
    done = push(run, name, Config.model_validate({"annotation": {"blind_share": 0}}), calls)
    truth = Truth(studio.server, done.project_id)
    task = truth.tasks()[0]
    assert task["data"]["sentence"] == "So\N{SYMBOL FOR NULL}said."
    truth.annotate(task, stance_1="against")
    pull(state_of(run, name), calls)
    found = by_question(run, task["data"]["uid"])
    predicted = {(row["question"], row["target"]) for row in rows(run.path / "predictions")}
    assert predicted == {key for key in found if key[1] is not None}
    assert (found["stance", target]["label"], found["stance", target]["origin"]) == ("against", "changed")
    assert (found["speaker", None]["label"], found["speaker", None]["origin"]) == (speaker, "accepted")
    said = {row["sentence_id"]: row["text"] for row in rows(run.path / "sentences")}
    assert said[found["speaker", None]["sentence_id"]] == "So\0said."


def test_labelling_again_keeps_the_answers(calls, pushed):
    state, truth = pushed
    truth.annotate(truth.tasks()[0])
    pull(state, calls)
    before = answers(state.run)
    state.run.drop_chunks_from(0)
    assert answers(state.run) == before
    assert state.parts() == 1


def test_both_kinds_of_token_pull(studio, pushed):
    state, truth = pushed
    truth.annotate(truth.tasks()[0])
    assert pull(state, Calls(connect(studio.pat_server), studio.pat_server, QUICK)).annotations == 1


def test_a_project_deleted_keeps_what_was_pulled(studio, calls, pushed):
    state, truth = pushed
    truth.annotate(truth.tasks()[0])
    pull(state, calls)
    before = answers(state.run)
    truth.call("DELETE", f"/api/projects/{truth.project}/")
    with pytest.raises(StudioError, match="somebody deleted it"):
        pull(state, calls)
    with pytest.raises(StudioError, match="somebody deleted it") as error:
        push(state.run, state.pushed().name, Config(), calls)
    assert "another --project name" in error.value.fix
    assert answers(state.run) == before


def test_two_at_once_do_not_get_in_each_others_way(calls, pushed):
    state, _ = pushed
    with state.lock(), pytest.raises(RunError, match="another push or pull"):
        pull(state, calls)
