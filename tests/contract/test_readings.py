"""Judgements made elsewhere come back from Label Studio as they were, in their authors' names."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from annotation.door.calls import Calls
from annotation.door.connection import connect
from annotation.kept.state import pushed_state
from annotation.pull.pull import pull
from annotation.push.push import push
from annotation.push.readings import Posted, Reading, check_labels, post, read_readings
from pipeline.cli.readings import _print
from pipeline.config import Config
from pipeline.errors import InputError
from pipeline.labels import DEFAULT_SCHEME
from tests.contract.runs import make_run
from tests.contract.truth import answers

SENTENCES = ("Ann Lee said that plan 0 of Acme Corp was a good one.", "Ann Lee said \u202ethat\u202c plan 1 was good.")
"""The second has controls that turn its words round, which the task does not show."""


def _row(place: int, question: str, target: str, annotator: str, label: str) -> str:
    return f"{SENTENCES[place]},{question},{target},{annotator},{label}\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "readings.csv"
    path.write_text(
        "text,question,target,annotator,label\n"
        + _row(0, "speaker", "", "one", "Ann Lee")
        + _row(0, "stance", "Acme Corp", "one", "against")
        + _row(0, "speaker", "", "two", "a passer-by")
        + _row(1, "speaker", "", "two", "author")
        + _row(1, "stance", "the weather", "two", "favor")
    )
    return path


def test_readings_come_back_as_they_were(studio, table, tmp_path):
    calls = Calls(connect(studio.server), studio.server)
    config = Config.model_validate({"annotation": {"sentences": "all", "blind_share": 0}})
    run = make_run(tmp_path / "run", 3, reworded={1: SENTENCES[1]})
    project = push(run, f"readings {os.getpid()}", config, calls).project_id
    one, two = studio.annotator(), studio.annotator()
    people = {"one": one.user_id, "two": two.user_id}
    readings = read_readings(table)
    posted = post(calls, project, readings, people)
    assert (posted.made, posted.there) == (3, 0)
    assert [reading.line for reading in posted.unasked] == [6]
    assert posted.targets == {"the weather": 1}
    again = post(calls, project, readings, people)
    assert (again.made, again.there) == (0, 3)
    pull(pushed_state(run, None), calls)
    found = {
        (row["sentence_id"], row["question"], row["target"], row["annotator"]): (row["label"], row["origin"])
        for row in answers(run)
    }
    assert found == {
        ("doc00000:s0", "speaker", None, one.code): ("Ann Lee", "accepted"),
        ("doc00000:s0", "stance", "Acme Corp", one.code): ("against", "changed"),
        ("doc00000:s0", "speaker", None, two.code): ("a passer-by", "changed"),
        ("doc00000:s1", "speaker", None, two.code): ("author", "changed"),
    }


def test_a_reading_is_one_look_and_never_both(studio, tmp_path):
    """Posted to both, everybody would agree with themselves by the machine's doing."""
    calls = Calls(connect(studio.server), studio.server)
    config = Config.model_validate({"annotation": {"sentences": "all", "blind_share": 0, "repeat_share": 1}})
    run = make_run(tmp_path / "run", 3)
    project = push(run, f"looks {os.getpid()}", config, calls).project_id
    one = studio.annotator()
    path = tmp_path / "readings.csv"
    head = "sentence_id,question,target,annotator,label"
    path.write_text(f"{head}\n" + "".join(f"doc00000:s{place},stance,Acme Corp,one,favor\n" for place in range(3)))
    posted = post(calls, project, read_readings(path), {"one": one.user_id})
    assert (posted.made, posted.unasked) == (3, ())
    state = pushed_state(run, None)
    pull(state, calls)
    assert {(row["sentence_id"], row["occasion"]) for row in answers(run)} == {
        (f"doc00000:s{place}", 1) for place in range(3)
    }
    path.write_text(f"{head},occasion\n" + "doc00000:s0,stance,Acme Corp,one,against,2\n")
    assert post(calls, project, read_readings(path), {"one": one.user_id}).made == 1
    pull(state, calls)
    looks = {row["occasion"]: row["label"] for row in answers(run) if row["sentence_id"] == "doc00000:s0"}
    assert looks == {1: "favor", 2: "against"}


def test_what_is_left_out_is_said(capsys, tmp_path):
    reading = Reading(annotator="one", sentence="s", question="stance", target="the weather", label="favor", line=3)
    others = (replace(reading, target="the tide", line=4), replace(reading, line=5))
    odd = replace(reading, question="mood", target="Acme Corp", line=6)
    targets = {"the tide": 1, "the weather": 2}
    _print(Posted(made=2, there=1, unasked=(reading, *others, odd), targets=targets), 9, tmp_path / "r.csv", tmp_path)
    said = capsys.readouterr().out
    assert "9 readings: 2 annotations posted; 1 were there before." in said
    assert "3 readings are left out" in said
    assert "not labelled with these targets: 'the weather' (2), 'the tide' (1). To have them" in said
    assert "1 reading is left out: the project does not ask that question of that sentence:" in said
    assert "r.csv:6." in said


def test_a_label_that_no_question_has_is_refused_with_its_line(tmp_path):
    path = tmp_path / "readings.csv"
    path.write_text(
        "text,annotator,question,target,label\nOne.,ann,speaker,,anybody\nOne.,ann,mood,x,sad\nTwo.,ann,stance,x,favour\n"
    )
    with pytest.raises(InputError, match="Nothing was posted") as error:
        check_labels(read_readings(path), DEFAULT_SCHEME, path)
    assert f"{path}:4" in str(error.value)
    assert "favor, neutral, against" in error.value.fix


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("annotator,question,target\n", "no column label"),
        ("annotator,question,target,label\n", "no column text"),
        ("text,annotator,question,target,label\nOne.,ann,stance,x,favor\nTwo.,ann,stance\n", "the row has no label"),
        ("text,annotator,question,target,label,occasion\nOne.,ann,stance,x,favor,0\n", "'0' is no occasion"),
    ],
)
def test_a_table_without_what_is_needed_is_refused(tmp_path, text, says):
    path = tmp_path / "readings.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=says) as error:
        read_readings(path)
    assert f"{path}:{len(text.splitlines())}" in str(error.value)
    with pytest.raises(InputError, match="cannot be read"):
        read_readings(tmp_path / "nothing.csv")
