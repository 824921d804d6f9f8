"""Two commands that write into one run folder at once: one does, the other says so and changes nothing."""

from __future__ import annotations

import json
import signal
import subprocess
import time

from tests.cli.test_label import ONRECORD, onrecord, rows


def test_a_run_is_labelled_by_one_at_a_time(tmp_path, seed):
    articles, run = tmp_path / "articles.jsonl", tmp_path / "run"
    lines = [json.dumps({"text": seed.replace("Nelson", f"Nelson{n}")}) for n in range(40)]
    articles.write_text("\n".join(lines))
    with subprocess.Popen(
        [*ONRECORD, "label", str(articles), "--out", str(run), "--target", "Elon Musk"], stdout=subprocess.DEVNULL
    ) as first:
        while not (run / "manifest.json").exists():
            time.sleep(0.02)
        first.send_signal(signal.SIGSTOP)
        manifest = (run / "manifest.json").read_text()
        second = onrecord("label", articles, "--out", run, "--target", "Vladimir Putin")
        after = (run / "manifest.json").read_text()
        first.kill()
    assert second.returncode == 2
    assert second.stderr.startswith(f"{run}: another onrecord is labelling into this folder.\nFix: ")
    assert after == manifest
    done = onrecord("label", articles, "--out", run, "--target", "Vladimir Putin")
    assert done.returncode == 0, done.stderr
    assert {row["target"] for row in rows(run, "predictions")} == {"Vladimir Putin"}
