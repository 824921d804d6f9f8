"""Tests against the real Label Studio run in a second process beside all others: mostly they wait for the server.

The second process writes a report of every test into a file; the first takes them in when its own tests are through,
and counts and shows them as its own. Without anything else to run, for `make bench`, and with ``--pdb`` or
``--collect-only`` there is one process. ONRECORD_TESTS_IN_TURN=1 asks for that, too.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

_REPORTS = "ONRECORD_TEST_REPORTS"
"""In the second process: the file that takes the reports."""
_SERVER = frozenset({"studio", "studio_environment", "pristine"})
"""Fixtures that stand for the installed server; whatever uses one runs in the second process."""
_LAST_WORDS = 4000
_BESIDE = pytest.StashKey["Beside"]()


class Beside:
    """The second process, and the reports that it has written so far."""

    def __init__(self, config: pytest.Config, wanted: list[str]) -> None:
        self.wanted = wanted
        self.reported: set[str] = set()
        self._config = config
        folder = Path(tempfile.mkdtemp(prefix="onrecord-tests-"))
        self._reports, self._printed = folder / "reports.jsonl", folder / "printed.txt"
        self._reports.touch()
        names = folder / "tests.txt"
        names.write_text("\n".join(wanted), encoding="utf-8")
        command = [sys.executable, "-m", "pytest", f"@{names}", f"--rootdir={config.rootpath}"]
        with self._printed.open("wb") as printed:
            self._process = subprocess.Popen(
                command,
                cwd=config.rootpath,
                env={**os.environ, _REPORTS: str(self._reports)},
                stdout=printed,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def reports(self) -> Iterator[pytest.TestReport]:
        """Every report, as it comes, until the process has ended."""
        with self._reports.open(encoding="utf-8") as lines:
            part = ""
            while True:
                ended = self._process.poll() is not None
                part += lines.readline()
                if part.endswith("\n"):
                    data, part = json.loads(part), ""
                    report = self._config.hook.pytest_report_from_serializable(config=self._config, data=data)
                    if report.when == "teardown":
                        self.reported.add(report.nodeid)
                    yield report
                elif ended:
                    return
                else:
                    time.sleep(0.1)

    def stop(self) -> None:
        """Have it stop its server and end, if it is still at work."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(60)
            self._process.kill()
        shutil.rmtree(self._printed.parent, ignore_errors=True)

    def last_words(self) -> str:
        """The end of what it printed."""
        return self._printed.read_text(encoding="utf-8", errors="replace")[-_LAST_WORDS:]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take the tests that use the server out, where there are others to run meanwhile."""
    options = config.option
    alone = options.collectonly or options.usepdb or "bench" in config.getoption("-m")
    if alone or {_REPORTS, "ONRECORD_TESTS_IN_TURN"} & set(os.environ):
        return
    serving = [item for item in items if _SERVER & set(getattr(item, "fixturenames", ()))]
    if serving and len(serving) < len(items):
        items[:] = [item for item in items if item not in set(serving)]
        config.stash[_BESIDE] = Beside(config, [item.nodeid for item in serving])


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Iterator[None]:
    """Run the others, then take in what the second process has to say."""
    beside = session.config.stash.get(_BESIDE, None)
    if beside is None:
        return (yield)
    session.testscollected += len(beside.wanted)
    try:
        done = yield
        for report in beside.reports():
            session.config.hook.pytest_runtest_logreport(report=report)
            if session.shouldfail:
                raise session.Failed(session.shouldfail)
        if missing := [each for each in beside.wanted if each not in beside.reported]:
            session.shouldfail = f"{len(missing)} tests did not run, as {missing[0]}:\n{beside.last_words()}"
            raise session.Failed(session.shouldfail)
        return done
    finally:
        beside.stop()


class Reporter:
    """In the second process: writes every report down."""

    def __init__(self, config: pytest.Config, path: str) -> None:
        self._config = config
        self._path = Path(path)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        data = self._config.hook.pytest_report_to_serializable(config=self._config, report=report)
        with self._path.open("a", encoding="utf-8") as reports:
            reports.write(f"{json.dumps(data)}\n")


def pytest_configure(config: pytest.Config) -> None:
    """Report to the first process, where this is the second."""
    if path := os.environ.get(_REPORTS):
        config.pluginmanager.register(Reporter(config, path))
