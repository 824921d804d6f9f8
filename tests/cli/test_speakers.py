"""What `onrecord speakers` lists: each person of a run once, and a table that joins to the run."""

from __future__ import annotations

import csv
import json
import shutil
import sys

import pytest

from pipeline.attribute.stage import Attribute
from pipeline.cli import app
from pipeline.engine.inline import run_inline
from pipeline.records import Document
from pipeline.split.stage import Split
from pipeline.store import Run

_TEXTS = (
    "A day at sea.\n\n“It is late,” said Joseph R. Hallam Jr. on Monday.\n\n“Go home,” Hallam said to the fishermen.",
    "Another day.\n\nJoe Hallam said that it was over. Officials said that it rained.",
    "The last day.\n\nJoe Hallam said that it was warm. Officials said nothing else about it.",
)


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    documents = [Document(doc_id=f"d{place}", text=text) for place, text in enumerate(_TEXTS)]
    made = Run(tmp_path_factory.mktemp("speakers") / "run")
    run_inline(documents, [Split(), Attribute()], made, chunk_articles=1, on_progress=lambda _: None)
    made.write_manifest({"inputs": ["a"], "status": "complete"})
    return made


@pytest.fixture
def onrecord(monkeypatch, capsys):
    def call(*words: object) -> str:
        monkeypatch.setattr(sys, "argv", ["onrecord", *map(str, words)])
        with pytest.raises(SystemExit) as caught:
            app.main()
        assert caught.value.code in (0, None)
        return capsys.readouterr().out

    return call


def test_each_person_is_listed_once(run, onrecord):
    heard = {each["name"]: each for each in json.loads(onrecord("speakers", run.path, "--json"))["speakers"]}
    assert heard["Joe Hallam"] == {
        "name": "Joe Hallam",
        "kind": "person",
        "articles": 3,
        "sentences": 4,
        "forms": ["Joe Hallam", "Joseph R. Hallam Jr."],
    }
    assert heard["author"]["articles"] == 3
    shown = onrecord("speakers", run.path)
    assert "Joseph R. Hallam Jr." in shown
    assert "Next: " in shown


def test_the_table_joins_to_the_sentences(run, onrecord, tmp_path):
    onrecord("speakers", run.path, "--out", tmp_path / "speakers.csv")
    with (tmp_path / "speakers.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["speaker_id"]: row for row in csv.DictReader(file)}
    for chunk in range(run.chunks()):
        for sentence in run.read_table("sentences", chunk).to_pylist():
            assert rows[sentence["speaker_id"]]["speaker"] == sentence["speaker"]
    assert [row["person"] for row in rows.values() if row["speaker"] == "Joseph R. Hallam Jr."] == ["Joe Hallam"]


def test_a_run_without_speakers_yet_lists_none(tmp_path, onrecord):
    made = Run(tmp_path / "run")
    run_inline([Document(doc_id="d", text="It rained.")], [Split()], made, chunk_articles=1, on_progress=lambda _: None)
    made.write_manifest({"inputs": ["a"], "status": "complete"})
    assert json.loads(onrecord("speakers", made.path, "--json")) == {"speakers": []}
    assert "Next: " in onrecord("speakers", made.path)


@pytest.mark.parametrize("command", ["speakers", "report"])
def test_a_run_that_is_not_complete_is_not_counted(run, monkeypatch, capsys, tmp_path, command):
    stopped = Run(tmp_path / "run")
    shutil.copytree(run.path, stopped.path)
    stopped.write_manifest({"inputs": ["a"], "status": "running"})
    monkeypatch.setattr(sys, "argv", ["onrecord", command, str(stopped.path), "--out", str(tmp_path / "out")])
    with pytest.raises(SystemExit) as caught:
        app.main()
    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith(f"{stopped.path}: the run is not complete.\nFix: ")
    assert not (tmp_path / "out").exists()
