"""What `onrecord show` says of a run of several articles: which there are, one of them, and why."""

from __future__ import annotations

import json
import sys

import pytest
from rich.console import Console

from pipeline.cli import app, listing
from pipeline.engine.inline import run_inline
from pipeline.records import Document
from pipeline.split.stage import Split
from pipeline.store import Run
from tests.annotation.made import damage
from tests.engine.stages import AllAuthor, LengthPrediction


@pytest.fixture
def run(tmp_path) -> Run:
    """Four articles, one a chunk."""
    documents = [
        Document(doc_id=f"d{n}", title=f"Title\x1b {n}" if n else None, date="2026-01-02", text="It rained. " * (n + 1))
        for n in range(4)
    ]
    made = Run(tmp_path / "run")
    stages = [Split(), AllAuthor(), LengthPrediction()]
    run_inline(documents, stages, made, chunk_articles=1, on_progress=lambda _: None)
    made.write_manifest({"inputs": ["a"], "status": "complete"})
    return made


@pytest.fixture
def onrecord(monkeypatch, capsys):
    """Run a command in this process; returns its exit code, output and errors."""

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["onrecord", *map(str, words)])
        with pytest.raises(SystemExit) as caught:
            app.main()
        code = caught.value.code
        return (code if isinstance(code, int) else 0, *capsys.readouterr())

    return call


def test_only_the_chunk_of_the_article_is_read_whole(run, onrecord):
    for chunk in (0, 1, 2):
        run.table_path("sentences", chunk).write_bytes(b"PAR1 damaged")
    damage(run, "documents", "text")
    assert run.article("d3").document.doc_id == "d3"
    code, out, _ = onrecord("show", run.path, "d3", "--json")
    assert (code, len(json.loads(out)["sentences"])) == (0, 4)


def test_the_articles_of_a_run_are_listed(run, onrecord):
    _, out, _ = onrecord("show", run.path, "--list")
    heading, *lines, after = out.splitlines()
    assert heading.split() == ["id", "date", "sentences", "title"]
    assert [line.split() for line in lines[:2]] == [["d0", "2026-01-02", "1"], ["d1", "2026-01-02", "2", "Title␛", "1"]]
    assert (len(lines), after) == (4, f"Next: onrecord show {run.path} ID")
    _, out, _ = onrecord("show", run.path, "--list", "--json")
    third = {"doc_id": "d2", "date": "2026-01-02", "title": "Title\x1b 2", "sentences": 3}
    assert json.loads(out)["articles"][2] == third


def test_a_list_has_the_lines_that_a_terminal_has_room_for(run, monkeypatch, capsys):
    monkeypatch.setattr("rich.console.Console", lambda **_: Console(force_terminal=True, width=24, height=7))
    monkeypatch.setattr(listing, "_FEWEST", 1)
    listing.print_listing(run, as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    assert lines[3].endswith("…")
    assert "and 1 more" in lines[4]


def test_several_articles_are_said_to_be_also_where_each_has_its_own_chunk(run, onrecord):
    assert "the first of several articles" in onrecord("show", run.path)[1]


def test_an_id_that_is_not_there_leads_to_the_list(run, onrecord):
    code, _, err = onrecord("show", run.path, "d9")
    assert code == 2
    assert f"Fix: onrecord show {run.path} --list" in err


def test_why_as_json(run, onrecord):
    _, out, _ = onrecord("show", run.path, "d1", "--json", "--why", 2)
    found = json.loads(out)
    assert (found["sentence"]["index"], found["speaker"]["kind"], found["attribution"]) == (1, "author", None)
    assert [row["target"] for row in found["predictions"]] == ["length"]
    code, _, err = onrecord("show", run.path, "d1", "--json", "--why", 3)
    assert (code, "from 1 to 2" in err) == (2, True)


@pytest.mark.parametrize(
    "asked", [["d1", "--list"], ["--list", "--why", 1], ["--html", "x", "--json"], ["--html", "x", "--why", 1]]
)
def test_of_two_things_at_once_none_is_passed_over(run, onrecord, asked):
    code, out, err = onrecord("show", run.path, *asked)
    assert (code, out, err.count("Fix: ")) == (2, "", 1)
