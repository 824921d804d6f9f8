"""The main job as a new user runs it: the real command, the real model, the real article."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

HEAVY = {"torch", "transformers", "spacy", "onnxruntime", "datasets", "pyarrow", "numpy", "pydantic", "rich", "sklearn"}
ONRECORD = [sys.executable, "-m", "pipeline.cli.app"]


def onrecord(*words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [*ONRECORD, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False, timeout=120)


@pytest.fixture(scope="module")
def labelled(root, tmp_path_factory) -> Path:
    """A run over the seed article."""
    run = tmp_path_factory.mktemp("seed") / "run"
    done = onrecord("label", root / "seeds" / "seed.txt", "--out", run)
    assert done.returncode == 0, done.stderr
    assert "Next: onrecord show" in done.stdout
    assert done.stderr == ""
    return run


def file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rows(run: Path, table: str) -> list[dict]:
    return [row for file in sorted((run / table).glob("*.parquet")) for row in pq.read_table(file).to_pylist()]


def test_the_seed_is_labelled_from_end_to_end(labelled, seed):
    sentences = rows(labelled, "sentences")
    assert [row["kind"] for row in sentences].count("body") == 21
    assert all(seed[row["start"] : row["end"]] == row["text"] for row in sentences)
    assert all(row["speaker"] and 0 <= row["confidence"] <= 1 for row in sentences)
    predictions = rows(labelled, "predictions")
    assert {row["question"] for row in predictions} == {"stance", "sentiment"}
    assert all(abs(sum(dict(row["scores"]).values()) - 1) < 1e-6 for row in predictions)
    assert all(dict(row["scores"])[row["label"]] == max(dict(row["scores"]).values()) for row in predictions)
    assert len({row["target"] for row in predictions}) == 3


def test_the_manifest_says_what_was_run(labelled):
    manifest = json.loads((labelled / "manifest.json").read_text())
    assert manifest["status"] == "complete"
    assert set(manifest["stages"]) == {"split", "attribute", "prelabel"}
    assert manifest["counts"]["documents"] == 1
    assert manifest["config"]["prelabel"]["model"] == "embedded"
    assert manifest["seconds"] > 0
    assert {manifest["model"]} == {row["model"] for row in rows(labelled, "predictions")}
    digests = {table: file_digest(labelled / table / "chunk-00000.parquet") for table in manifest["sha256"]}
    assert manifest["sha256"] == digests
    assert digests.keys() == {path.name for path in labelled.iterdir() if path.is_dir()}
    assert (labelled / "rejects.jsonl").read_text() == ""


def test_show_in_the_terminal_as_a_page_and_as_json(labelled, tmp_path):
    shown = onrecord("show", labelled)
    assert shown.returncode == 0
    assert "Nelson" in shown.stdout
    assert "\x1b" not in shown.stdout
    page = tmp_path / "page.html"
    assert onrecord("show", labelled, "--html", page).returncode == 0
    assert "<script" not in page.read_text()
    tables = json.loads(onrecord("show", labelled, "--json").stdout)
    assert len(tables["sentences"]) == 23
    why = onrecord("show", labelled, "--why", "5")
    assert why.returncode == 0
    assert "Nelson" in why.stdout


def test_named_targets_and_json(root, tmp_path):
    frame = "{name: frame, instruction: which one, labels: [{name: a}, {name: b}], level: nominal, prelabelled: false}"
    (tmp_path / "c.yaml").write_text(f"prelabel: {{questions: [stance, sentiment, {frame}]}}")
    done = onrecord(
        "label", root / "seeds" / "seed.txt", "--out", tmp_path / "run", "--json", "--config", tmp_path / "c.yaml",
        "--target", "Elon Musk", "--target", "an investigation into the contacts",
    )  # fmt: skip
    result = json.loads(done.stdout)
    assert result["counts"]["documents"] == 1
    assert result["targets"] == [
        {"name": "Elon Musk", "kind": "name", "questions": ["stance", "sentiment"]},
        {"name": "an investigation into the contacts", "kind": "proposition", "questions": ["stance"]},
    ]
    asked = {(row["target"], row["question"]) for row in rows(tmp_path / "run", "predictions")}
    assert asked == {
        ("Elon Musk", "stance"),
        ("Elon Musk", "sentiment"),
        ("an investigation into the contacts", "stance"),
    }


def test_the_folder_of_several_inputs_is_not_that_of_the_first(tmp_path):
    for name in ("std.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"It rained on {name}.")
    for inputs, folder in ((["std.txt", "b.txt", "c.txt"], "std-and-2-more"), (["std.txt"], "std")):
        done = onrecord("label", *inputs, cwd=tmp_path)
        assert done.stdout.endswith(f"Next: onrecord show runs/{folder}\n"), done.stderr


def test_what_is_odd_about_articles_is_said_and_kept(tmp_path):
    articles, run = tmp_path / "a.csv", tmp_path / "run"
    articles.write_text("id,date,text\n1,1/2/26,It rained.\n2,yesterday,It snowed.\n3,2026-01-02,It rained.\n")
    done = onrecord("label", articles, "--out", run)
    assert f"2 articles have a date that cannot be read (first: {articles}:2 '1/2/26')." in done.stdout
    assert f"1 article has the text of an earlier one, under another id (first: {articles}:4 '3')." in done.stdout
    counts = json.loads((run / "manifest.json").read_text())["counts"]
    assert (counts["documents"], counts["unread_dates"], counts["same_texts"]) == (3, 2, 1)
    result = json.loads(onrecord("label", articles, "--out", run, "--json").stdout)
    assert [(remark["count"], remark["line"], remark["words"]) for remark in result["remarks"]] == [
        (2, 2, "1/2/26"),
        (1, 4, "3"),
    ]


def test_settings_that_have_changed_since_are_named(tmp_path):
    article, run = tmp_path / "a.txt", tmp_path / "run"
    article.write_text("“No,” Ann Lee said.")
    assert onrecord("label", article, "--out", run, "--target", "Ann Lee").stderr == ""
    (tmp_path / "c.yaml").write_text("prelabel: {threads: 1}")
    assert onrecord("label", article, "--out", run, "--target", "Ann Lee", "--config", tmp_path / "c.yaml").stderr == ""
    done = onrecord("label", article, "--out", run)
    assert done.returncode == 0
    assert done.stderr == (
        f"Note: {run} was labelled with other settings (prelabel.targets). What they bear on is made again in its "
        "place; another --out keeps both.\n"
    )


def test_a_limit_removes_nothing_that_is_done(tmp_path):
    articles, run = tmp_path / "a.jsonl", tmp_path / "run"
    articles.write_text("".join(json.dumps({"text": f"It rained {n} times."}) + "\n" for n in range(3)))
    assert onrecord("label", articles, "--out", run, "--limit", 2).returncode == 0
    done = onrecord("label", articles, "--out", run, "--limit", 1)
    assert done.returncode == 2
    assert done.stderr.startswith(
        f"{run}: the run has 2 articles, and a limit of 1 would remove those after it.\nFix: "
    )
    assert onrecord("label", articles, "--out", run).stdout.startswith(f"Columns of {articles}")
    assert len(rows(run, "documents")) == 3


def test_the_articles_that_are_odd_are_listed(tmp_path):
    articles, run = tmp_path / "a.csv", tmp_path / "run"
    german = "Die Regierung werde die Steuern nicht erhöhen sagte der Minister am Montag in Berlin vor der Presse. " * 3
    articles.write_text(f"id,text\n1,<p>It rained.</p>\n2,It was Ann Leeâ€™s car.\n3,{german}\n4,It rained.\n")
    done = onrecord("label", articles, "--out", run)
    assert f"1 article has HTML in the text (first: {articles}:2 '<p>')." in done.stdout
    assert f"1 article has letters that were read in a wrong encoding (first: {articles}:3 " in done.stdout
    assert f"1 article has a text that seems not to be in English (first: {articles}:4 'Die Reg" in done.stdout
    assert f"All are in {run / 'remarks.jsonl'}." in done.stdout
    kept = [json.loads(line) for line in (run / "remarks.jsonl").read_text().splitlines()]
    assert [(each["doc_id"], each["kind"]) for each in kept] == [
        ("1", "markup"),
        ("2", "garbled"),
        ("3", "not_english"),
    ]


def test_what_the_columns_are_taken_for_is_said_first(tmp_path):
    (tmp_path / "a.csv").write_text("Article ID,Text,Pub. Date\n1,It rained.,2026-01-02\n")
    done = onrecord("label", tmp_path / "a.csv", "--out", tmp_path / "run")
    assert done.stdout.splitlines()[0] == (
        f"Columns of {tmp_path / 'a.csv'}: text from 'Text'; no id, title, source, url, date (ids are made of the "
        "content); not used: 'Article ID', 'Pub. Date' (`articles.fields` names others)"
    )
    (columns,) = json.loads(onrecord("label", tmp_path / "a.csv", "--out", tmp_path / "run", "--json").stdout)[
        "columns"
    ]
    assert columns["unused"] == ["Article ID", "Pub. Date"]


def test_who_speaks_most_is_counted_by_person(tmp_path):
    texts = ["“No,” Nils Ostergaard said. “No,” Ostergaard said."] * 3 + ["“No,” Mr. Ostergaard said."]
    rows = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts)]
    (tmp_path / "a.jsonl").write_text("\n".join(rows))
    said = onrecord("label", tmp_path / "a.jsonl", "--out", tmp_path / "run").stdout
    assert "        7  Nils Ostergaard\n" in said


def test_what_each_target_is_taken_for_is_said(root, tmp_path):
    words = ("--target", "Elon Musk", "--target", "elon musk", "--target", "the carbon tax")
    done = onrecord("label", root / "seeds" / "seed.txt", "--out", tmp_path / "run", *words)
    assert done.stdout.splitlines()[0] == (
        "Targets: Elon Musk (name: stance and sentiment), elon musk (proposition: stance), "
        "the carbon tax (proposition: stance)"
    )
    assert done.stderr == "Note: the targets 'Elon Musk' and 'elon musk' differ only in case; each is asked about.\n"


def test_help_is_quick_and_imports_nothing_heavy():
    began = time.monotonic()
    done = onrecord("--help")
    assert time.monotonic() - began < 1.5
    assert "label" in done.stdout
    code = "import sys, pipeline.cli.app; print(' '.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not HEAVY & set(loaded)


@pytest.mark.parametrize("verb", ["label", "show", "evaluate", "agree", "check"])
def test_every_command_has_help_with_an_example(verb):
    done = onrecord(verb, "--help")
    assert done.returncode == 0
    assert "Example: onrecord" in done.stdout
    assert "--json" in done.stdout


def test_check_finds_everything():
    done = onrecord("check", "--json")
    found = json.loads(done.stdout)
    assert found["ok"], done.stdout
    assert done.returncode == 0


@pytest.fixture(scope="module")
def many(seed, tmp_path_factory) -> Path:
    """Twelve different articles as JSON Lines."""
    path = tmp_path_factory.mktemp("many") / "articles.jsonl"
    names = ["Nelson", "Okafor", "Lindqvist", "Tanaka", "Moreau", "Haddad", "Kowalska", "Ibarra", "Nakamura", "Petrov",
             "Singh", "Mensah"]  # fmt: skip
    path.write_text("".join(json.dumps({"text": seed.replace("Nelson", name)}) + "\n" for name in names))
    return path


def test_killed_with_signal_nine_and_run_again_gives_the_same_bytes(many, tmp_path):
    config = tmp_path / "small.yaml"
    config.write_text("run:\n  chunk_articles: 2\n")

    def command(out: Path) -> list[str]:
        return [*ONRECORD, "label", str(many), "--out", str(out), "--config", str(config)]

    began = time.monotonic()
    subprocess.run(command(tmp_path / "whole"), check=True, capture_output=True)
    seconds = time.monotonic() - began
    draw = random.Random(20241025)
    for _ in range(3):
        process = subprocess.Popen(command(tmp_path / "killed"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(draw.uniform(0.3, 1.0) * seconds)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    subprocess.run(command(tmp_path / "killed"), check=True, capture_output=True)
    assert tables(tmp_path / "killed") == tables(tmp_path / "whole")


def tables(run: Path) -> dict[str, bytes]:
    files = [*run.glob("*/chunk-*.parquet"), run / "rejects.jsonl"]
    return {str(file.relative_to(run)): file.read_bytes() for file in files}


HEEDS_CTRL_C = (
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
)
"""Starts a command that can be stopped, also where these tests are a shell's background job, which cannot."""


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(many, tmp_path):
    longer = tmp_path / "articles.jsonl"
    lines = many.read_text().splitlines()
    longer.write_text("".join(line.replace("Musk", f"Musk{n}") + "\n" for n in range(60) for line in lines))
    process = subprocess.Popen(
        [sys.executable, "-c", HEEDS_CTRL_C, *ONRECORD, "label", str(longer), "--out", str(tmp_path / "run")],
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (tmp_path / "run" / "manifest.json").exists():
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "run the same command again" in stderr
    assert "Traceback" not in stderr
