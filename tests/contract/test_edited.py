"""Articles that were edited or left out after a push: their tasks stay as they are, and all else goes on."""

from __future__ import annotations

import json
import os
from itertools import count

import pytest

from annotation.door.calls import Calls
from annotation.door.connection import connect
from annotation.door.transport import Patience
from annotation.kept.progress import read_status
from annotation.kept.state import state_of
from annotation.pull.pull import pull
from annotation.push import shown
from annotation.push.push import push
from pipeline.cli.push import _print
from pipeline.config import Config
from pipeline.errors import StudioError
from reports.judgements.reading import read_judgements
from tests.contract.runs import STANCES, make_run
from tests.contract.truth import Truth, answers, rows

_NUMBER = count(1)
QUICK = Patience(tries=4, first=0.02, longest=0.1, timeout=20)
IDS = {"doc00001": "edited"}
"""The second of two articles has another id, as where ids come from texts."""


@pytest.fixture(scope="module")
def calls(studio) -> Calls:
    return Calls(connect(studio.server), studio.server, QUICK)


@pytest.fixture
def name() -> str:
    return f"edited {os.getpid()}-{next(_NUMBER)}"


def settings(**annotation) -> Config:
    return Config.model_validate({"annotation": annotation})


def shown_on(task: dict) -> list[tuple]:
    return [(each["model_version"], each["score"], each["result"]) for each in task["predictions"]]


def state_on_server(truth: Truth) -> dict[str, tuple]:
    """By uid what a task asks and shows, and what people answered; fails where an item has two tasks."""
    tasks = truth.tasks()
    found = {
        task["data"]["uid"]: (
            task["id"],
            task["data"],
            task["overlap"],
            shown_on(task),
            [(each["id"], each["result"], each["updated_at"]) for each in task["annotations"]],
        )
        for task in tasks
    }
    assert len(found) == len(tasks)
    return found


def test_an_edited_article_is_left_as_it_was_and_undoing_the_edit_heals(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run")
    truth = Truth(studio.server, push(run, name, settings(), calls).project_id)
    for uid in ("doc00000:s0", "doc00001:s0"):
        truth.annotate(truth.task(uid), stance_1="against")
    pull(state_of(run, name), calls)
    first, known = state_on_server(truth), answers(run)
    make_run(tmp_path / "run", ids=IDS)
    for sent in (6, 0):
        done = push(run, name, settings(), calls)
        assert (done.items, done.sent, done.there) == (12, sent, 12 - sent)
        assert (done.gone, done.gone_articles, done.strangers) == (6, ("doc00001.txt",), 0)
        after = state_on_server(truth)
        assert {uid: after[uid] for uid in first} == first
        assert sorted(after.keys() - first.keys()) == [f"edited:s{place}" for place in range(6)]
    assert all(len(task["predictions"]) == (task["data"]["arm"] == "shown") for task in truth.tasks())
    truth.annotate(truth.task("doc00001:s1"))
    pulled = pull(state_of(run, name), calls)
    assert (pulled.annotations, pulled.deleted, pulled.strangers, pulled.settled) == (3, 0, 0, True)
    assert [row for row in answers(run) if row["uid"] != "doc00001:s1"] == known
    found = read_status(state_of(run, name))
    assert (found.items, found.gone, found.people[0].done, found.done) == (12, 6, 3, 1)
    read = read_judgements(run.path, None)
    assert any("of sentences that the run no longer has" in note for note in read.account.notes)
    make_run(tmp_path / "run")
    healed = push(run, name, settings(), calls)
    assert (healed.items, healed.sent, healed.there, healed.gone_articles) == (12, 0, 12, ("edited.txt",))
    assert state_on_server(truth).keys() == after.keys()
    assert pull(state_of(run, name), calls).annotations == 3


def test_other_words_under_the_same_id_are_another_item(studio, calls, name, tmp_path):
    """Articles with ids of their own keep these, and those of their sentences, whatever is edited in them."""
    run = make_run(tmp_path / "run", 6)
    state = state_of(run, name)
    truth = Truth(studio.server, push(run, name, settings(), calls).project_id)
    truth.annotate(truth.task("doc00000:s2"), stance_1="against")
    first = state_on_server(truth)
    make_run(tmp_path / "run", 6, reworded={2: "Ann Lee denied it."}, shift=1)
    done = push(run, name, settings(), calls)
    assert (done.items, done.sent, done.gone, done.gone_articles) == (6, 1, 1, ("doc00000.txt",))
    after = state_on_server(truth)
    (new,) = after.keys() - first.keys()
    assert after["doc00000:s2"] == first["doc00000:s2"], "not the labels of the new words"
    assert after["doc00000:s1"][3] != first["doc00000:s1"][3], "where the words are the same, the new labels are shown"
    assert truth.task(new)["data"]["sentence"] == "Ann Lee denied it."
    truth.annotate(truth.task(new), stance_1="favor")
    pull(state, calls)
    about = {row["uid"]: row["sentence_id"] for row in answers(run)}
    assert about[new] == "doc00000:s2"
    assert about["doc00000:s2"].startswith("doc00000:s2~"), "nobody's answer is taken for one to other words"
    make_run(tmp_path / "run", 6)
    assert push(run, name, settings(), calls).sent == 0
    pull(state, calls)
    assert {row["sentence_id"] for row in answers(run) if row["uid"] == "doc00000:s2"} == {"doc00000:s2"}
    make_run(tmp_path / "run", 3, reworded={2: "Ann Lee denied it."})
    done = push(run, name, settings(), calls)
    assert (done.items, done.sent, done.gone) == (3, 0, 4)
    assert state_on_server(truth).keys() == after.keys()


def test_killed_where_pre_labels_are_replaced_those_of_an_edited_article_come_back(
    studio, calls, name, tmp_path, monkeypatch
):
    run = make_run(tmp_path / "run")
    truth = Truth(studio.server, push(run, name, settings(blind_share=0), calls).project_id)
    first = state_on_server(truth)
    make_run(tmp_path / "run", ids=IDS, shift=1)

    def removed_and_stopped(calls: Calls, project: int, *_, replacing: list[int] | None) -> None:
        assert replacing is None
        calls.remove_version(project, "small@1")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(shown, "send_predictions", removed_and_stopped)
        patch.setattr(shown, "FEW", 5)
        with pytest.raises(KeyboardInterrupt):
            push(run, name, settings(blind_share=0), calls)
    assert not any(map(shown_on, truth.tasks()))
    done = push(run, name, settings(blind_share=0), calls)
    assert (done.sent, done.gone) == (6, 6)
    after = state_on_server(truth)
    changed = {uid for uid in first if after[uid] != first[uid]}
    assert changed == {f"doc00000:s{place}" for place in range(6)}, "those of the edited article are as they were"
    assert all(len(task["predictions"]) == 1 for task in truth.tasks())


@pytest.mark.parametrize("few", [200, 0])
def test_pre_labels_are_replaced_where_they_differ_and_nowhere_else(studio, calls, name, tmp_path, monkeypatch, few):
    monkeypatch.setattr(shown, "FEW", few)
    run = make_run(tmp_path / "run")
    truth = Truth(studio.server, push(run, name, settings(blind_share=0), calls).project_id)
    first = state_on_server(truth)
    known = {task["data"]["uid"]: [each["id"] for each in task["predictions"]] for task in truth.tasks()}
    make_run(tmp_path / "run", reworded={8: "Ann Lee denied it."})
    done = push(run, name, settings(blind_share=0), calls)
    assert (done.sent, done.there, done.predictions) == (1, 11, 0)
    for uid in ("doc00000:s1", "doc00001:s1"):
        truth.call("PATCH", f"/api/predictions/{known[uid][0]}/", json={"score": 0.125})
    make_run(tmp_path / "run", reworded={8: "Ann Lee confirmed it."})
    done = push(run, name, settings(blind_share=0), calls)
    assert (done.sent, done.gone, done.predictions) == (1, 2, 2)
    after = state_on_server(truth)
    assert {uid: after[uid] for uid in first} == first
    if few:
        now = {task["data"]["uid"]: [each["id"] for each in task["predictions"]] for task in truth.tasks()}
        assert {uid for uid in first if now[uid] != known[uid]} == {"doc00000:s1", "doc00001:s1"}


def test_a_later_model_leaves_tasks_of_edited_articles_their_labels_in_sight(studio, calls, name, tmp_path):
    """Label Studio shows one version a project; whose labels they are is in the table."""
    run = make_run(tmp_path / "run")
    truth = Truth(studio.server, push(run, name, settings(blind_share=0), calls).project_id)
    chosen = {task["data"]["uid"]: said_on(task, "small@1") for task in truth.tasks()}
    for model in ("larger@22", "largest@3"):
        make_run(tmp_path / "run", ids=IDS, model=model)
        done = push(run, name, settings(blind_share=0), calls)
        assert (done.gone, done.predictions, truth.settings()["model_version"]) == (
            6,
            6 if model[5] == "r" else 12,
            model,
        )
        for task in truth.tasks():
            now, doc_id = said_on(task, model), task["data"]["doc_id"]
            assert len(now) == 1
            assert (now == chosen.get(task["data"]["uid"])) == (doc_id == "doc00001")
        assert push(run, name, settings(blind_share=0), calls).predictions == 0
    for uid in ("doc00000:s1", "doc00001:s1"):
        task = truth.task(uid)
        seen = [each for each in task["predictions"] if each["model_version"] == "largest@3"]
        truth.annotate({**task, "predictions": seen}, stance_1="against")
    pull(state_of(run, name), calls)
    found = {(row["doc_id"], row["model_shown"]) for row in answers(run) if row["question"] == "sentiment"}
    assert found == {("doc00000", "largest@3"), ("doc00001", "small@1")}
    make_run(tmp_path / "run", model="largest@3")
    assert push(run, name, settings(blind_share=0), calls).gone == 6
    assert said_on(truth.task("doc00001:s1"), "largest@3") != chosen["doc00001:s1"], "it is the run's own again"


def said_on(task: dict, model: str) -> list[dict[str, list[str]]]:
    """What a model's predictions on a task choose, by control."""
    return [
        {result["from_name"]: result["value"]["choices"] for result in each["result"]}
        for each in task["predictions"]
        if each["model_version"] == model
    ]


def scheme(*stances: str) -> Config:
    labels = [{"name": label} for label in stances]
    question = {"name": "stance", "instruction": "for or against?", "level": "ordinal", "labels": labels}
    return Config.model_validate({"prelabel": {"questions": [question]}})


def test_a_new_label_is_offered_by_tasks_of_edited_articles_too(studio, calls, name, tmp_path):
    """Else whoever works on one could not choose it."""
    run = make_run(tmp_path / "run", questions={"stance": STANCES})
    truth = Truth(studio.server, push(run, name, scheme(*STANCES), calls).project_id)
    annotation = truth.annotate(truth.task("doc00001:s0"))
    before = truth.task("doc00001:s0")
    make_run(tmp_path / "run", questions={"stance": STANCES}, ids=IDS)
    assert push(run, name, scheme(*STANCES, "mixed"), calls).gone == 6
    for task in truth.tasks():
        assert [option["value"] for option in task["data"]["stance_options_1"]][-1] == "mixed"
    after = truth.task("doc00001:s0")
    assert after["data"].keys() == before["data"].keys()
    assert after["data"]["sentence"] == before["data"]["sentence"]
    assert shown_on(after) == shown_on(before)
    assert truth.call("GET", f"/api/annotations/{annotation['id']}/")["result"] == annotation["result"]


def test_a_push_that_is_refused_still_changes_nothing(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run")
    truth = Truth(studio.server, push(run, name, settings(), calls).project_id)
    truth.annotate(truth.task("doc00000:s0"))
    state = state_of(run, name)
    pull(state, calls)
    files = {path: path.read_bytes() for path in state.path.rglob("*") if path.is_file()}
    before = truth.tasks()
    make_run(tmp_path / "run", ids=IDS, targets=("Ann Lee", "the weather"))
    with pytest.raises(StudioError, match="asked about other targets now"):
        push(run, name, settings(), calls)
    assert truth.tasks() == before
    assert {path: path.read_bytes() for path in state.path.rglob("*") if path.is_file()} == files


def test_a_task_of_an_edited_article_that_somebody_deletes_is_not_waited_for(studio, calls, name, tmp_path):
    run = make_run(tmp_path / "run")
    truth = Truth(studio.server, push(run, name, settings(), calls).project_id)
    make_run(tmp_path / "run", ids=IDS)
    push(run, name, settings(), calls)
    truth.call("DELETE", f"/api/tasks/{truth.task('doc00001:s0')['id']}/")
    done = push(run, name, settings(), calls)
    assert (done.sent, done.gone) == (0, 5)
    assert pull(state_of(run, name), calls).settled
    assert len(rows(state_of(run, name).path / "queue")) == 18


def test_what_is_left_and_which_settings_it_does_not_follow_is_said(studio, calls, name, tmp_path, capsys):
    run = make_run(tmp_path / "run")
    truth = Truth(studio.server, push(run, name, settings(blind_share=0, annotators_per_item=1), calls).project_id)
    make_run(tmp_path / "run", ids=IDS)
    changed = settings(blind_share=1, annotators_per_item=3)
    done = push(run, name, changed, calls)
    assert json.loads(json.dumps([each.setting for each in done.unapplied])) == ["annotation.blind_share"]
    _print(done, run.path)
    said = capsys.readouterr().out
    assert "6 tasks of 1 article that was edited or left out since are left as they are: doc00001.txt." in said
    assert "annotation.blind_share was 0.0 and is 1.0. It applies to new sentences only: 6 tasks stay" in said
    assert "another --project name" in said
    assert {task["data"]["doc_id"] for task in truth.tasks() if not task["predictions"]} == {"edited"}
    overlaps = {task["data"]["doc_id"]: task["overlap"] for task in truth.tasks()}
    assert overlaps == {"doc00000": 3, "edited": 3, "doc00001": 1}
    again = push(run, name, changed, calls)
    _print(again, run.path)
    assert "Careful" not in capsys.readouterr().out
    assert again.unapplied == ()
