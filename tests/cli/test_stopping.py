"""Commands that are stopped, and commands whose reader has gone."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.cli import app
from tests.cli.test_label import ONRECORD


def test_whoever_stops_a_command_is_told(monkeypatch, capsys, root):
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.cli.agree.read_some", stopped)
    monkeypatch.setattr(sys, "argv", ["onrecord", "agree", str(root / "seeds/agreement.csv")])
    with pytest.raises(SystemExit) as caught:
        app.main()
    assert caught.value.code == 130
    assert capsys.readouterr().err == "Stopped.\n"


def test_a_reader_that_has_gone_is_no_error(root):
    command = [*ONRECORD, "agree", str(root / "seeds/agreement.csv"), "--resamples", "10"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
