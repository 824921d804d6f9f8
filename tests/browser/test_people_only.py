"""A question that the model does not answer and people do: from the settings over a real page into the table."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from annotation.door.accounts import label_link
from annotation.door.calls import Calls
from annotation.door.connection import connect
from annotation.push.push import push
from pipeline.cli.status import agreement_of
from pipeline.config_file import load_config
from pipeline.store import Run
from tests.browser.labelling import SLOW, Work, press, submit

pytestmark = pytest.mark.browser
SETTINGS = """
prelabel:
  targets: [{name: Ann Lee, aliases: [Lee]}]
  questions:
    - stance
    - name: frame
      instruction: What is the sentence about the target about?
      labels: [{name: money, hotkey: g}, {name: law, hotkey: h}]
      level: nominal
      prelabelled: false
annotation: {sentences: all, blind_share: 0}
"""
TEXT = "Ann Lee, the mayor, said the toll was fair.\n\nLee told the court that she would pay.\n"


def onrecord(*words: object) -> str:
    command = [sys.executable, "-m", "pipeline.cli.app", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def test_a_question_for_people_only_is_asked_answered_by_key_and_counted(studio, sit, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "c.yaml").write_text(SETTINGS)
    onrecord("label", tmp_path / "a.txt", "--config", tmp_path / "c.yaml", "--out", tmp_path / "run")
    run, config = Run.open(tmp_path / "run"), load_config(tmp_path / "c.yaml")
    assert set(run.read_table("predictions", 0)["question"].to_pylist()) == {"stance"}
    calls = Calls(connect(studio.server), studio.server)
    done = push(run, f"people only {os.getpid()}", config, calls)
    for person, second in ((studio.annotator(), "h"), (studio.annotator(), "g")):
        link = label_link(studio.server, done.project_id)
        mine = Work(run, done.name, calls, link, person.email, person.password)
        page = sit().open(mine)
        page.keyboard.press("Space")
        expect(page.get_by_text("Answer frame (G, H) before you go on")).to_be_visible(timeout=SLOW)
        press(page, "Escape g")
        submit(page, "sentence 2 of 2")
        press(page, second)
        submit(page, None)
        expect(page.locator(".or-page")).to_have_count(0, timeout=SLOW)
    rows = [row for row in mine.answers() if row["question"] == "frame"]
    assert sorted(row["label"] for row in rows) == ["law", "money", "money", "money"]
    assert {(row["target"], row["origin"], row["shown_label"], row["model_shown"]) for row in rows} == {
        ("Ann Lee", "manual", None, None)
    }
    assert agreement_of(run.path, config.scheme)["frame"]["percent"]["value"] == 0.5
    onrecord("report", run.path, "--out", tmp_path / "report")
    report = json.loads((tmp_path / "report" / "report.json").read_text())
    assert {"stance", "frame"} <= report["questions"].keys()
