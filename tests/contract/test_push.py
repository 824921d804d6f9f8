"""A run goes to a real Label Studio: once, whole, again without harm, and never over people's answers."""

from __future__ import annotations

import os
import shutil
from itertools import count

import pytest

from annotation.door.calls import Calls
from annotation.door.connection import connect
from annotation.door.transport import Patience
from annotation.kept.state import state_of
from annotation.pull.pull import pull
from annotation.push.push import push
from annotation.queue.sample import queue
from pipeline.cli.push import _print
from pipeline.config import Config
from pipeline.errors import ConfigError, StudioError
from tests.contract.runs import STANCES, STRANGE, make_run
from tests.contract.truth import Truth, assert_exact, assert_sent_once, rows

_NUMBER = count(1)
QUICK = Patience(tries=4, first=0.02, longest=0.1, timeout=20)


@pytest.fixture(scope="module")
def calls(studio) -> Calls:
    return Calls(connect(studio.server), studio.server, QUICK)


@pytest.fixture
def name() -> str:
    """A project's name that no other test has."""
    return f"push {os.getpid()}-{next(_NUMBER)}"


def settings(**annotation) -> Config:
    return Config.model_validate({"annotation": annotation})


def order(run, config) -> list[str]:
    return [item.uid for item in queue(run, config)]


def test_a_run_becomes_a_project_that_people_can_label(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run")
    config = settings(annotators_per_item=3, blind_share=0.4)
    done = push(run, name, config, calls)
    truth = Truth(studio.server, done.project_id)
    assert_sent_once(truth, order(run, config))
    found = truth.settings()
    assert (found["title"], found["maximum_annotations"], found["model_version"]) == (name, 3, "small@1")
    assert found["show_collab_predictions"]
    assert "favor" in found["expert_instruction"]
    assert done.link == f"{studio.url}/projects/{done.project_id}/data?labeling=1"
    assert (done.items, done.sent, done.there, done.created) == (12, 12, 0, True)
    assert 0 < done.blind < 12


def test_the_run_remembers_what_was_sent(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run")
    config = settings(sentences="random", size=6)
    done = push(run, name, config, calls)
    sent = rows(state_of(run, name).path / "queue")
    by_uid = {task["data"]["uid"]: task for task in Truth(studio.server, done.project_id).tasks()}
    assert [row["uid"] for row in sent] == order(run, config)
    assert all(row["task_id"] == by_uid[row["uid"]]["id"] for row in sent)
    assert all(row["arm"] == by_uid[row["uid"]]["data"]["arm"] for row in sent)
    assert {row["inclusion_probability"] for row in sent} == {0.5}
    assert {row["prelabel"] for row in sent if row["arm"] == "shown"} == {"small@1"}


def test_texts_arrive_as_they_are_to_be_read(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run", len(STRANGE), strange=True)
    done = push(run, name, settings(), calls)
    tasks = Truth(studio.server, done.project_id).tasks()
    turning = str.maketrans("\u202e\u202c\u2066\u2069", "\ufffd\u2060\u2060\u2060")
    assert [task["data"]["sentence"] for task in tasks] == [text.translate(turning) for text in STRANGE]
    assert len(tasks[-1]["data"]["sentence"]) == 5000


def test_pushing_again_changes_nothing(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run")
    first = push(run, name, settings(), calls)
    before = Truth(studio.server, first.project_id).tasks()
    again = push(run, name, settings(), calls)
    assert (again.sent, again.there, again.predictions, again.created) == (0, 12, 0, False)
    assert Truth(studio.server, first.project_id).tasks() == before


def test_no_dialog_stands_before_the_page_also_in_projects_pushed_earlier(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run", 6)
    truth = Truth(studio.server, push(run, name, settings(), calls).project_id)
    assert truth.settings()["show_instruction"] is False
    truth.call("PATCH", f"/api/projects/{truth.project}/", json={"show_instruction": True})
    push(run, name, settings(), calls)
    assert truth.settings()["show_instruction"] is False


def test_a_run_that_forgot_everything_finds_its_project_again(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run")
    first = push(run, name, settings(), calls)
    before = state_of(run, name)
    sent = rows(before.path / "queue")
    truth = Truth(studio.server, first.project_id)
    truth.annotate(truth.tasks()[7])
    pull(before, calls)
    shutil.rmtree(run.path / "annotation")
    again = push(run, name, settings(size=4), calls)
    assert (again.project_id, again.sent, again.items) == (first.project_id, 0, 12)
    assert {row["uid"]: row["task_id"] for row in rows(before.path / "queue")} == {r["uid"]: r["task_id"] for r in sent}
    assert pull(before, calls).annotations == 1
    assert_exact(run, truth)


def test_an_edited_queue_adds_only_what_is_new(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run")
    small, large = settings(sentences="random", size=4), settings(sentences="random", size=9)
    first = push(run, name, small, calls)
    before = Truth(studio.server, first.project_id).tasks()
    again = push(run, name, large, calls)
    after = Truth(studio.server, first.project_id).tasks()
    assert again.sent == 9 - len(set(order(run, small)) & set(order(run, large)))
    assert after[: len(before)] == before
    known = {row["uid"]: row for row in rows(state_of(run, name).path / "queue")}
    assert {known[uid]["inclusion_probability"] for uid in order(run, large)} == {0.75}


def test_second_looks_and_further_pages_are_no_sentences(studio, calls, name, tmp_path, capsys):
    run = make_run(tmp_path / "run", targets=("Ann Lee", "Acme Corp", "UN", "NATO"))
    done = push(run, name, settings(sentences="random", size=5, repeat_share=1), calls)
    assert (done.sentences, done.second_looks, done.items, done.sent) == (5, 5, 20, 20)
    _print(done, run.path)
    assert f"5 sentences and 5 second looks, 20 pages in a new project {name!r}: 20 sent" in capsys.readouterr().out
    once = push(run, f"{name} once", settings(size=1, sentences="random"), calls)
    _print(once, run.path)
    assert "1 sentence, 2 pages in a new project" in capsys.readouterr().out


def test_a_task_deleted_in_label_studio_is_sent_again(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run")
    done = push(run, name, settings(), calls)
    truth = Truth(studio.server, done.project_id)
    truth.call("DELETE", f"/api/tasks/{truth.tasks()[3]['id']}/")
    assert push(run, name, settings(), calls).sent == 1
    assert sorted(truth.uids()) == sorted(order(run, settings()))


def test_later_labels_replace_those_shown_and_leave_answers_alone(studio, calls, name, tmp_path):
    config = settings(blind_share=0.3)
    run = make_run(tmp_path / "run")
    done = push(run, name, config, calls)
    truth = Truth(studio.server, done.project_id)
    annotation = truth.annotate(next(task for task in truth.tasks() if task["predictions"]))
    make_run(tmp_path / "run", model="larger@22")
    again = push(run, name, config, calls)
    assert (again.sent, again.predictions, again.model_version) == (0, 12 - done.blind, "larger@22")
    assert truth.settings()["model_version"] == "larger@22"
    for task in truth.tasks():
        shown = [each for each in task["predictions"] if each["model_version"] == "larger@22"]
        assert len(shown) == (task["data"]["arm"] == "shown")
    now = truth.call("GET", f"/api/annotations/{annotation['id']}/")
    assert all(now[field] == annotation[field] for field in ("result", "updated_at", "parent_prediction"))
    assert push(run, name, config, calls).predictions == 0


def test_lost_pre_labels_are_sent_again(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run")
    done = push(run, name, settings(), calls)
    calls.remove_version(done.project_id, "small@1")
    assert push(run, name, settings(), calls).predictions == 12 - done.blind
    assert_sent_once(Truth(studio.server, done.project_id), order(run, settings()))


def test_fewer_people_judge_what_is_not_shared(studio, calls, name, tmp_path):
    config = settings(annotators_per_item=2, overlap_share=0.5)
    run = make_run(tmp_path / "run", 6)
    done = push(run, name, config, calls)
    truth = Truth(studio.server, done.project_id)
    wanted = {item.uid: item.annotators for item in queue(run, config)}
    assert {task["data"]["uid"]: task["overlap"] for task in truth.tasks()} == wanted
    assert set(wanted.values()) == {1, 2}
    for task in truth.tasks():
        truth.annotate(task)
    assert {task["data"]["uid"]: task["is_labeled"] for task in truth.tasks()} == {
        uid: people == 1 for uid, people in wanted.items()
    }


def test_both_kinds_of_token_push(studio, name, tmp_path):
    run = make_run(tmp_path / "run", 6)
    calls = Calls(connect(studio.pat_server), studio.pat_server, QUICK)
    done = push(run, name, settings(), calls)
    assert_sent_once(Truth(studio.server, done.project_id), order(run, settings()))


def test_a_project_of_somebody_else_is_left_alone(studio, calls, name, tmp_path):
    other = {"title": name, "label_config": '<View><Text name="t" value="$text"/></View>'}
    project = Truth(studio.server, 0).call("POST", "/api/projects/", json=other)["id"]
    with pytest.raises(StudioError, match="with another interface") as error:
        push(make_run(tmp_path / "run"), name, settings(), calls)
    assert "another name" in error.value.fix
    assert Truth(studio.server, project).tasks() == []


def test_a_project_of_another_run_is_left_alone(studio, calls, name, tmp_path):
    first = push(make_run(tmp_path / "one"), name, settings(), calls)
    with pytest.raises(StudioError, match="not of this run"):
        push(make_run(tmp_path / "two", name="other"), name, settings(), calls)
    assert len(Truth(studio.server, first.project_id).tasks()) == 12


@pytest.mark.parametrize("wrong", ["ab", "x" * 51, " padded", "two\nlines"])
def test_a_name_that_can_be_no_project_is_refused(calls, tmp_path, wrong):
    with pytest.raises(ConfigError, match="3 to 50"):
        push(make_run(tmp_path / "run"), wrong, settings(), calls)


def scheme(*stances: str) -> list[dict]:
    return [
        {
            "name": "stance",
            "instruction": "for or against?",
            "level": "ordinal",
            "labels": [{"name": label} for label in stances],
        }
    ]


def test_a_label_that_people_have_used_cannot_be_removed(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run", questions={"stance": STANCES})
    before = Config.model_validate({"prelabel": {"questions": scheme(*STANCES)}})
    done = push(run, name, before, calls)
    truth = Truth(studio.server, done.project_id)
    annotation = truth.annotate(truth.tasks()[0])
    after = Config.model_validate({"prelabel": {"questions": scheme("favor", "against")}})
    with pytest.raises(StudioError, match="lost the label 'neutral' of 'stance'") as error:
        push(run, name, after, calls)
    assert "put it back" in error.value.fix
    assert truth.call("GET", f"/api/annotations/{annotation['id']}/")["result"] == annotation["result"]


def test_a_label_added_later_is_offered_by_every_task(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run", questions={"stance": STANCES})
    before = Config.model_validate({"prelabel": {"questions": scheme(*STANCES)}})
    done = push(run, name, before, calls)
    truth = Truth(studio.server, done.project_id)
    annotation = truth.annotate(truth.tasks()[0])
    after = Config.model_validate({"prelabel": {"questions": scheme(*STANCES, "mixed")}})
    assert push(run, name, after, calls).sent == 0
    for task in truth.tasks():
        assert [option["value"] for option in task["data"]["stance_options_1"]][-1] == "mixed"
    assert truth.call("GET", f"/api/annotations/{annotation['id']}/")["result"] == annotation["result"]


def test_before_anybody_has_answered_a_scheme_may_change_at_will(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run", questions={"stance": STANCES})
    before = Config.model_validate({"prelabel": {"questions": scheme(*STANCES)}})
    done = push(run, name, before, calls)
    make_run(tmp_path / "run", questions={"stance": ("yes", "no")}, model="other@3")
    after = Config.model_validate({"prelabel": {"questions": scheme("yes", "no")}})
    again = push(run, name, after, calls)
    assert (again.project_id, again.sent) == (done.project_id, 12)
    truth = Truth(studio.server, done.project_id)
    assert_sent_once(truth, order(run, after))
    assert [option["value"] for option in truth.tasks()[0]["data"]["stance_options_1"]] == ["yes", "no"]


def test_a_project_deleted_before_anybody_answered_is_made_anew(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run")
    done = push(run, name, settings(), calls)
    Truth(studio.server, done.project_id).call("DELETE", f"/api/projects/{done.project_id}/")
    again = push(run, name, settings(), calls)
    assert again.created
    assert_sent_once(Truth(studio.server, again.project_id), order(run, settings()))


def test_more_people_for_a_share_of_a_queue_that_is_there(studio, calls, name, tmp_path):
    """A project's new overlap moves that of all its tasks along."""
    run = make_run(tmp_path / "run")
    push(run, name, settings(annotators_per_item=1), calls)
    config = settings(annotators_per_item=2, overlap_share=0.5)
    done = push(run, name, config, calls)
    wanted = {item.uid: item.annotators for item in queue(run, config)}
    assert set(wanted.values()) == {1, 2}
    assert {task["data"]["uid"]: task["overlap"] for task in Truth(studio.server, done.project_id).tasks()} == wanted


def test_a_queue_made_anew_leaves_nothing_of_the_old_one(studio, calls, name, tmp_path, monkeypatch):
    """A smaller queue for other labels: neither sent nor pulled is what only the old one had."""
    monkeypatch.setattr("annotation.kept.parts.PART", 4)
    run = make_run(tmp_path / "run", questions={"stance": STANCES})
    before = Config.model_validate({"prelabel": {"questions": scheme(*STANCES)}})
    truth = Truth(studio.server, push(run, name, before, calls).project_id)
    gone = [truth.annotate(task) for task in truth.tasks()[::3]]
    state = state_of(run, name)
    assert pull(state, calls).annotations == 4
    for annotation in gone:
        truth.remove(annotation)
    make_run(tmp_path / "run", questions={"stance": ("yes", "no")}, model="other@3")
    small = {"prelabel": {"questions": scheme("yes", "no")}, "annotation": {"sentences": "random", "size": 5}}
    after = Config.model_validate(small)
    assert push(run, name, after, calls).items == 5
    again = push(run, name, after, calls)
    assert (again.items, again.sent) == (5, 0)
    assert_sent_once(truth, order(run, after))
    truth.annotate(truth.tasks()[0], stance_1="yes")
    done = pull(state, calls)
    assert (done.annotations, done.settled, pull(state, calls).tasks_read) == (1, True, 0)
    assert_exact(run, truth)
    kept = sorted(path.name for path in (state.path / "earlier" / "1").iterdir())
    assert kept == [f"{kind}-0000{part}.parquet" for kind in ("answers", "items", "versions") for part in range(3)]


def test_other_targets_are_refused_once_anybody_has_skipped(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run")
    truth = Truth(studio.server, push(run, name, settings(), calls).project_id)
    truth.skip(truth.tasks()[0])
    make_run(tmp_path / "run", targets=("Ann Lee", "the weather"))
    with pytest.raises(StudioError, match="asked about other targets now") as error:
        push(run, name, settings(), calls)
    assert "another --project name" in error.value.fix


def test_labels_made_anew_before_a_first_push_was_finished_are_those_shown(studio, calls, name, tmp_path, monkeypatch):
    """Stopped half way, labelled again by the same model, which holds otherwise now, and pushed again."""
    run = make_run(tmp_path / "run")
    with monkeypatch.context() as patch:
        patch.setattr("annotation.push.push.settle_overlap", stopped)
        with pytest.raises(KeyboardInterrupt):
            push(run, name, settings(), calls)
    make_run(tmp_path / "run", shift=1)
    done = push(run, name, settings(), calls)
    for task in Truth(studio.server, done.project_id).tasks():
        for shown in task["predictions"]:
            place = int(task["data"]["sentence_id"].rpartition("s")[2])
            said = {each["from_name"]: each["value"]["choices"] for each in shown["result"]}
            assert said["stance_1"] == [STANCES[(place + len("small@1") + 1) % 3]]


def stopped(*_, **__) -> None:
    raise KeyboardInterrupt
