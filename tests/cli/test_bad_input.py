"""Every kind of bad input, through the real command: one clear error with place and fix, good rows kept."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_label import onrecord, rows

GOOD = "“We will rebuild the bridge,” Mayor Ana Ruiz said on Monday. The bridge fell in May."


def refused(done) -> str:
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    assert done.stderr.count("Fix: ") == 1
    assert len(done.stderr.splitlines()) <= 4
    return done.stderr


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "empty.txt"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8, "picture.txt"),
        ("latin.txt", "Die Süddeutsche berichtete am Montag.".encode("latin-1"), "latin.txt"),
        ("table.csv", b"headline,words\nA,B\n", "table.csv"),
        ("none.jsonl", b"{\n{\n", "none.jsonl"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    message = refused(onrecord("label", tmp_path / name, "--out", tmp_path / "run"))
    assert says in message or "rejects.jsonl" in message


def test_a_file_that_is_not_there(tmp_path):
    assert "nowhere.txt" in refused(onrecord("label", tmp_path / "nowhere.txt", "--out", tmp_path / "run"))


def test_an_empty_folder(tmp_path):
    (tmp_path / "articles").mkdir()
    refused(onrecord("label", tmp_path / "articles", "--out", tmp_path / "run"))


def test_three_bad_lines_in_a_hundred(tmp_path):
    lines = [json.dumps({"id": f"n{n}", "text": f"{GOOD} It was article {n}."}) for n in range(100)]
    lines[6] = '{"text": "cut off'
    lines[41] = '{"headline": "no text here"}'
    lines[99] = '{"text": null}'
    (tmp_path / "articles.jsonl").write_text("\n".join(lines) + "\n")
    done = onrecord("label", tmp_path / "articles.jsonl", "--out", tmp_path / "run")
    assert done.returncode == 0, done.stderr
    assert len(rows(tmp_path / "run", "documents")) == 97
    rejects = [json.loads(line) for line in (tmp_path / "run" / "rejects.jsonl").read_text().splitlines()]
    assert [reject["line"] for reject in rejects] == [7, 42, 100]
    assert all(reject["reason"] and reject["file"].endswith("articles.jsonl") for reject in rejects)
    assert "3 rows could not be used" in done.stdout


def test_a_fifty_megabyte_line(tmp_path):
    (tmp_path / "huge.txt").write_text("All work and no play makes a long line. " * 1_310_720)
    message = refused(onrecord("label", tmp_path / "huge.txt", "--out", tmp_path / "run"))
    assert "huge.txt" in message or "rejects.jsonl" in message


def test_nuls_and_controls_are_text(tmp_path):
    text = f"{GOOD}\x00 \x1b[31mRed\x07 alert,\x00 he said. {GOOD}"
    (tmp_path / "articles.jsonl").write_text(json.dumps({"text": text}) + "\n")
    done = onrecord("label", tmp_path / "articles.jsonl", "--out", tmp_path / "run")
    assert done.returncode == 0, done.stderr
    assert rows(tmp_path / "run", "documents")[0]["text"] == text
    assert "\x1b" not in onrecord("show", tmp_path / "run").stdout


def test_an_unknown_setting(tmp_path, root):
    (tmp_path / "c.yaml").write_text("run:\n  chunk_articels: 3\n")
    command = ("label", root / "seeds" / "seed.txt", "--out", tmp_path / "run", "--config", tmp_path / "c.yaml")
    message = refused(onrecord(*command))
    assert f"{tmp_path / 'c.yaml'}:2" in message
    assert "chunk_articles" in message


@pytest.mark.parametrize("target", ["", "  ", "...", "_"])
def test_a_target_without_a_word(tmp_path, root, target):
    seed, run = root / "seeds" / "seed.txt", tmp_path / "run"
    assert "--target" in refused(onrecord("label", seed, "--out", run, "--target", "Musk", "--target", target))
    (tmp_path / "c.yaml").write_text(f"prelabel:\n  targets:\n    - {{name: '{target}'}}\n")
    message = refused(onrecord("label", seed, "--out", run, "--config", tmp_path / "c.yaml"))
    assert f"{tmp_path / 'c.yaml'}:3" in message


def test_an_unknown_option():
    assert "onrecord label --help" in refused(onrecord("label", "a.txt", "--targets", "x"))


def test_showing_what_is_no_run(tmp_path):
    refused(onrecord("show", tmp_path))


def test_a_gold_file_with_a_bad_row(tmp_path):
    (tmp_path / "gold.jsonl").write_text('{"paras": [["One."]]}\n{"para": []}\n')
    assert "gold.jsonl:2" in refused(onrecord("evaluate", "split", tmp_path / "gold.jsonl"))


def test_a_table_given_as_gold_is_told_how_to_become_it(tmp_path):
    (tmp_path / "gold.csv").write_text("text,target,label\nShe is against it.,the tax,against\n")
    said = refused(onrecord("evaluate", "stance", tmp_path / "gold.csv"))
    assert "gold.csv:1: this is not JSON" in said
    assert "to_json(NEW, orient='records', lines=True)" in said
