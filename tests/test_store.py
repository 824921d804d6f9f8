from __future__ import annotations

import json

import pytest

from pipeline.errors import RunError
from pipeline.records import Reject
from pipeline.store import Run
from tests.annotation.made import article, damage, write_run


def test_a_new_folder_is_made(tmp_path):
    assert Run.create(tmp_path / "deep" / "run", ["a.txt"]).path.is_dir()


def test_a_run_over_other_inputs_is_not_overwritten(tmp_path):
    Run.create(tmp_path, ["a.txt"]).write_manifest({"inputs": ["a.txt"]})
    assert Run.create(tmp_path, ["a.txt"]).path == tmp_path
    with pytest.raises(RunError, match=r"other inputs \(a.txt\)"):
        Run.create(tmp_path, ["b.txt"])


def test_a_folder_with_other_things_is_refused(tmp_path):
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(RunError, match="no run folder"):
        Run.create(tmp_path, ["a.txt"])
    assert (tmp_path / "thesis.tex").read_text() == "mine"


def test_what_a_full_disk_left_half_written_is_no_other_run(tmp_path):
    (tmp_path / ".manifest.json.part").write_text("{")
    assert Run.create(tmp_path, ["a.txt"]).path == tmp_path


def test_settings_of_another_version_are_said_to_be(tmp_path):
    Run(tmp_path).write_manifest({"config": {"annotation": {"blind_share": 0.5, "glow": 1}}})
    with pytest.raises(RunError, match=r"another version: annotation\.glow"):
        Run.open(tmp_path).settings()


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "run").write_text("")
    with pytest.raises(RunError, match="this is a file"):
        Run.create(tmp_path / "run", [])


def test_a_folder_of_a_later_format_is_refused(tmp_path):
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 99}))
    with pytest.raises(RunError, match="format 99"):
        Run.open(tmp_path)


def test_a_broken_manifest_is_said_to_be(tmp_path):
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(RunError, match="manifest cannot be read"):
        Run.open(tmp_path)


def test_rejects_are_one_json_object_a_line(tmp_path):
    rejects = [
        Reject(file="a\nb.jsonl", line=3, reason="no text", fix="add it"),
        Reject(file="c", line=None, reason="x", fix="y"),
    ]
    Run(tmp_path).write_rejects(rejects)
    lines = (tmp_path / "rejects.jsonl").read_text().splitlines()
    assert [json.loads(line)["line"] for line in lines] == [3, None]
    assert set(json.loads(lines[0])) == {"file", "line", "reason", "fix"}


def test_a_place_that_cannot_be_written_to_is_said_to_be(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="cannot be written"):
        Run.create(tmp_path / "file" / "run", [])


def test_of_a_table_only_the_columns_that_are_asked_for_are_read(tmp_path):
    run = write_run(tmp_path / "run", [[article()]])
    whole = run.read_table("sentences", 0)
    damage(run, "sentences", "text")
    assert run.read_table("sentences", 0, ["speaker", "kind"]).equals(whole.select(["speaker", "kind"]))
    for columns in (None, ["kind", "text"]):
        with pytest.raises(RunError, match="the table cannot be read"):
            run.read_table("sentences", 0, columns)


def test_a_run_is_held_by_one_and_what_a_kill_leaves_is_taken(tmp_path):
    folder, busy = tmp_path / "run", pytest.raises(RunError, match="another onrecord")
    with Run.hold(folder, ["a.txt"]), busy, Run.hold(folder, ["a.txt"]):
        pass
    with Run.hold(folder, ["b.txt"]) as run:
        assert sorted(each.name for each in run.path.iterdir()) == ["lock"]


def test_a_folder_with_other_things_gets_no_lock(tmp_path):
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(RunError, match="no run folder"), Run.hold(tmp_path, ["a.txt"]):
        pass
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_run_that_was_stopped_half_way_is_not_complete(tmp_path):
    run = Run(tmp_path)
    run.write_manifest({"status": "complete"})
    run.require_complete()
    run.write_manifest({"status": "running"})
    with pytest.raises(RunError, match=r"not complete\.\nFix: run the same"):
        run.require_complete()
