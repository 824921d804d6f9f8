"""Installing into an environment of its own: broken off, without a network, without room. Pip, and a tiny package."""

from __future__ import annotations

import os
import signal
import socketserver
import subprocess
import sys
import threading
import time
import zipfile

import pytest

from annotation.studio import install as installing
from annotation.studio.install import CONSTRAINTS, install, installed, requirement
from annotation.studio.local import Home
from annotation.studio.server import start, stop
from pipeline.errors import StudioError

METADATA = "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path / "home")
    home.make()
    return home


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """A package of one line in place of Label Studio, from a file."""
    wheel = tmp_path / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny.py", "")
        archive.writestr("tiny-1.0.dist-info/METADATA", METADATA)
        archive.writestr("tiny-1.0.dist-info/WHEEL", WHEEL)
        archive.writestr("tiny-1.0.dist-info/RECORD", "tiny.py,,\n")
    monkeypatch.setattr(installing, "requirement", lambda: f"tiny @ {wheel.as_uri()}")


def _install(home, environment=os.environ, **more):
    lock = home.lock()
    assert lock is not None
    try:
        install(home, environment, holding=lock, **more)
    finally:
        os.close(lock)


def test_the_tested_versions_are_those_that_the_extra_asks_for():
    assert requirement() in CONSTRAINTS.read_text(encoding="utf-8").splitlines()


def test_no_network(home):
    nowhere = {**os.environ, "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_NO_CACHE_DIR": "1"}
    with pytest.raises(StudioError, match="the package index cannot be reached") as error:
        start(home, nowhere)
    assert "LABEL_STUDIO_URL" in error.value.fix
    assert not installed(home)
    assert not home.busy()


def test_no_room(home, monkeypatch):
    monkeypatch.setattr(installing, "SPACE", 10**18)
    with pytest.raises(StudioError, match=r"Label Studio needs 1000000000\.0 GB on this disk"):
        start(home, os.environ)
    assert not home.environment.exists()


@pytest.mark.parametrize(
    ("printed", "what"),
    [
        (
            "ERROR: Could not install packages [Errno 28] No space left on device\n",
            "the disk was full",
        ),
        ("The virtual environment was not created successfully because ensurepip is not\n", "cannot make environments"),
        ("", "the step was killed"),
    ],
)
def test_other_failures_are_named(home, printed, what):
    with pytest.raises(StudioError, match=what):
        raise installing._failure(home, printed)


def test_killed_in_the_middle_of_pip_it_can_be_run_again(home, tiny, monkeypatch, tmp_path):
    """An index that never answers holds pip up; the command is killed; pip still holds the lock; then it too goes.

    What is left may look complete to pip, so it is made anew.
    """
    waiting = threading.Event()

    class Mute(socketserver.StreamRequestHandler):
        def handle(self):
            self.rfile.readline()
            waiting.set()
            time.sleep(60)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mute) as index:
        index.daemon_threads = True
        threading.Thread(target=index.serve_forever, daemon=True).start()
        environment = {
            **os.environ,
            "ONRECORD_STUDIO_HOME": str(home.root),
            "PIP_INDEX_URL": f"http://127.0.0.1:{index.server_address[1]}/simple",
        }
        command = subprocess.Popen(
            [sys.executable, "-m", "pipeline.cli.app", "studio", "start"],
            env=environment, start_new_session=True, stderr=subprocess.PIPE,
        )  # fmt: skip
        try:
            assert waiting.wait(60)
            command.kill()
            command.wait()
            with pytest.raises(StudioError, match="another command is installing or starting"):
                start(home, os.environ)
            with pytest.raises(StudioError, match="another command is installing or starting"):
                stop(home)
        finally:
            os.killpg(command.pid, signal.SIGKILL)
            command.communicate()
            index.shutdown()
    while home.busy():
        time.sleep(0.05)
    assert not installed(home)
    rest = home.environment / "rest"
    rest.touch()
    said = []
    _install(home, progress=said.append)
    assert installed(home)
    assert not rest.exists()
    assert "putting 1 packages in place (a minute or two)" in said
    _install(home, {}, progress=pytest.fail)
    other = tmp_path / "constraints.txt"
    other.write_text("tiny==1.0\n")
    monkeypatch.setattr(installing, "CONSTRAINTS", other)
    assert not installed(home), "another onrecord wants other versions"
