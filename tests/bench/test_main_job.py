"""What the main job costs and how right it is. Prints the figures that README quotes: ``make bench DATA=...``."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.cli.test_label import ONRECORD

pytestmark = pytest.mark.bench

WARM_SEED_SECONDS = 5
HELP_SECONDS = 0.3
PEAK_MEGABYTES = 700


LAUNCHER = """
import resource, subprocess, sys, time
began = time.monotonic()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""
"""Starts a command from a small process: the peak of a child begins with all that its parent has in memory."""


def timed(*words: object) -> tuple[float, float]:
    """Wall seconds and peak megabytes of one command."""
    command = [sys.executable, "-c", LAUNCHER, *ONRECORD, *map(str, words)]
    seconds, megabytes = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    return float(seconds), float(megabytes)


def say(name: str, figure: str) -> None:
    print(f"\n{name:<44} {figure}  ({date.today()}, {platform.machine()}, {os.cpu_count()} cores)")


def test_help(tmp_path):
    seconds = min(timed("--help")[0] for _ in range(5))
    say("onrecord --help, seconds", f"{seconds:.2f}")
    assert seconds < HELP_SECONDS


def test_the_seed_warm(root, tmp_path):
    seconds = sorted(timed("label", root / "seeds/seed.txt", "--out", tmp_path / str(n))[0] for n in range(3))[1]
    say("the seed, warm, seconds", f"{seconds:.1f}")
    assert seconds < WARM_SEED_SECONDS


def test_a_thousand_articles(data, tmp_path):
    articles = [json.loads(line) for line in (data / "attribution/polnear.train.jsonl").open(encoding="utf-8")]
    articles += [json.loads(line) for line in (data / "attribution/polnear.dev.jsonl").open(encoding="utf-8")]
    rows = [{"text": a["text"], "title": a["title"], "source": a["publisher"]} for a in articles]
    rows += [{**row, "source": "again"} for row in rows[: 1000 - len(rows)]]
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    seconds, megabytes = timed("label", path, "--out", tmp_path / "run")
    counts = json.loads((tmp_path / "run/manifest.json").read_text())["counts"]
    say("1,000 articles, peak MB", f"{megabytes:.0f}")
    say("1,000 articles, sentences per second", f"{counts['sentences'] / seconds:.0f}")
    say("1,000 articles, predictions per second", f"{counts['predictions'] / seconds:.0f}")
    assert megabytes < PEAK_MEGABYTES


@pytest.mark.parametrize(
    ("part", "gold", "least"),
    [
        ("split", "sentences/ud_dev.jsonl", {"f1": 0.95}),
        ("attribution", "attribution/polnear.dev.jsonl", {"who_speaks.all": 0.78, "who_speaks.speech_only": 0.88}),
        ("sentiment", "sentiment/newsmtsc.rw.dev.jsonl", {"macro_f1": 0.75}),
        ("sentiment", "sentiment/newsmtsc.mt.dev.jsonl", {"macro_f1": 0.68}),
        ("stance", "stance/perspectrum.dev.jsonl", {"macro_f1": 0.75}),
        ("stance", "stance/ibm_argq30k.dev.jsonl", {"macro_f1": 0.8}),
        ("stance", "evaluation/vast.val.jsonl", {"macro_f1": 0.55}),
        ("stance", "evaluation/gwsd.votes.jsonl", {"macro_f1": 0.42}),
    ],
)
def test_scores(data, part, gold, least):
    done = subprocess.run(
        [*ONRECORD, "evaluate", part, str(data / gold), "--json"], capture_output=True, text=True, check=True
    )
    scores = json.loads(done.stdout)
    for name, bar in least.items():
        score = scores
        for key in name.split("."):
            score = score[key]
        say(f"{Path(gold).name} {name}", f"{score['value']:.3f} [{score['low']:.3f}, {score['high']:.3f}]")
        assert score["value"] >= bar


def test_every_character_of_real_articles_is_in_one_sentence(data):
    from pipeline.records import Document
    from pipeline.split.stage import split_document

    for line in (data / "attribution/polnear.dev.jsonl").open(encoding="utf-8"):
        article = json.loads(line)
        text = article["text"]
        spans = [sentence.span for sentence in split_document(Document(doc_id="d", text=text, title=article["title"]))]
        covered = [at for span in spans for at in range(*span)]
        assert len(covered) == len(set(covered))
        assert {at for at, letter in enumerate(text) if not letter.isspace()} <= set(covered)
