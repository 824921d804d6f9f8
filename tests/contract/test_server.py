"""The local server: started by one command, on one port, for one machine, and gone when it is stopped."""

from __future__ import annotations

import json
import os
import re
import socket
import socketserver
import stat
import subprocess
import sys
import threading
import time

import pytest
from typer.testing import CliRunner

from annotation.door.connection import connect
from annotation.studio import keeper, server
from annotation.studio.local import Home
from annotation.studio.port import free_port, refuse_busy
from annotation.studio.server import start, status, stop
from annotation.studio.surroundings import server_environment
from pipeline.cli.app import app
from pipeline.errors import StudioError
from tests.contract.session import allow_legacy_tokens, sign_in
from tests.contract.studio import copy_of_first

PICKED_UP = {"PORT": "1", "HOST": "http://elsewhere.invalid", "DEBUG": "perhaps", "LABEL_STUDIO_PORT": "2"}
"""What Label Studio would read from the user's environment, and fail or mislead with."""


def _mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_first_start_makes_an_account_that_can_log_in(studio):
    with studio.session() as session:
        assert session.get("/api/current-user/whoami").json()["email"] == studio.local.email
        page = session.get("/projects/").text
    keys = page[page.index("defaultEditorKeymap") :].splitlines()[0]
    assert "annotation:submit" in keys
    assert "space" in keys


def test_secrets_are_the_owners_alone(studio):
    assert _mode(studio.home.root) == 0o700
    assert _mode(studio.home.secrets) == 0o600
    assert _mode(studio.home.log) == 0o600
    assert studio.local.token not in repr(studio.local)
    assert studio.local.password not in repr(studio.local)


def test_it_listens_on_this_machine_only(studio):
    addresses = {each[4][0] for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in addresses:
        with socket.socket() as caller:
            assert caller.connect_ex((address, studio.local.port)) != 0


def test_a_second_start_leaves_it_as_it_is(studio):
    before = studio.home.group()
    again = start(studio.home, os.environ)
    assert again.already
    assert again.group == before == studio.home.group()
    with pytest.raises(StudioError, match=f"already runs on port {studio.local.port}"):
        start(studio.home, os.environ, port=free_port())


def test_a_busy_port_is_refused_and_another_named(empty_home):
    home = empty_home()
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(StudioError, match=f"port {port} is used by another program") as refused:
            start(home, os.environ, port=port)
    offered = int(re.findall(r"--port (\d+)", refused.value.fix)[0])
    refuse_busy(offered)
    assert offered < 32768  # no call on its way out is given it while the server is down
    assert not home.busy()
    assert stop(home) is False


def test_a_port_that_listens_on_every_address_is_busy():
    with socket.create_server(("0.0.0.0", 0)) as other, pytest.raises(StudioError):
        refuse_busy(other.getsockname()[1])


def test_a_port_that_is_let_go_of_in_a_moment_is_waited_for():
    """As after a kill, where the server outlives its keeper by a breath."""
    other = socket.create_server(("127.0.0.1", 0))
    threading.Timer(0.4, other.close).start()
    refuse_busy(other.getsockname()[1])


@pytest.fixture(scope="module")
def own_home(empty_home):
    """A server of this file's own, to be killed."""
    home = copy_of_first(empty_home())
    yield home
    stop(home)


def test_it_sees_none_of_the_users_settings_and_killed_it_leaves_no_trace_of_running(own_home):
    before = start(own_home, {**os.environ, **PICKED_UP, "USERNAME": "me@example.org", "PASSWORD": "x"})
    assert [each.email for each in connect(_server(own_home)).users.list()] == [before.local.email]
    os.killpg(before.group, 9)
    _until(lambda: not own_home.busy())
    found = status(own_home)
    assert (found.installed, found.running, found.ready, found.group) == (True, False, False, None)
    with pytest.raises(StudioError, match="no server answers here") as error:
        connect(_server(own_home))
    assert "onrecord studio start" in error.value.fix
    assert start(own_home, os.environ).local == before.local
    assert connect(_server(own_home)).users.whoami().email == before.local.email


def test_stop_ends_every_process_also_when_the_first_is_gone(own_home):
    group = start(own_home, os.environ).group
    os.kill(group, 9)
    assert status(own_home).ready
    assert stop(own_home)
    assert not stop(own_home)
    refuse_busy(own_home.read().port)


def test_nobody_is_called(own_home, monkeypatch):
    """All ways out lead to a listener that writes down who asked for what."""
    asked = []

    class Listener(socketserver.StreamRequestHandler):
        def handle(self):
            asked.append(self.rfile.readline())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Listener) as out:
        threading.Thread(target=out.serve_forever, daemon=True).start()
        proxy = f"http://127.0.0.1:{out.server_address[1]}"
        ways = {"http_proxy": proxy, "https_proxy": proxy, "no_proxy": "127.0.0.1"}
        monkeypatch.setattr(server, "server_environment", lambda *given: ways | server_environment(*given))
        stop(own_home)
        running = start(own_home, os.environ)
        try:
            with sign_in(_server(own_home), running.local.email, running.local.password) as session:
                for page in ("/projects/", "/api/version", "/version/", "/api/projects/", "/heidi-tips/", "/health"):
                    session.get(page, follow_redirects=True)
            subprocess.run(
                [own_home.python, "-c", "import requests; requests.get('https://example.org')"],
                env=ways,
                capture_output=True,
                check=False,
            )
            _until(lambda: asked)
            time.sleep(1)
        finally:
            out.shutdown()
    assert {line.split()[1] for line in asked} == {b"example.org:443"}, "only our own call, which shows the trap works"


def test_its_own_token_works_again_after_it_was_lost_or_refused(own_home):
    known = start(own_home, os.environ).local
    with sign_in(_server(own_home), known.email, known.password) as session:
        allow_legacy_tokens(session, False)
    stop(own_home)
    own_home.secrets.unlink()
    made = start(own_home, os.environ, port=known.port).local
    assert made.token != known.token
    assert connect(_server(own_home)).users.whoami().email == known.email
    with sign_in(_server(own_home), made.email, made.password) as session:
        assert len(session.get("/api/users/").json()) == 1


def test_damaged_secrets_say_what_to_do(empty_home):
    home = empty_home()
    home.secrets.write_text('{"port": 8080')
    with pytest.raises(StudioError, match=r"server\.json: .* cannot be read"):
        start(home, os.environ)
    assert not home.busy()


def test_a_server_that_cannot_start_says_why(fresh_home):
    home = fresh_home()
    (home.data / "label_studio.sqlite3").write_bytes(b"not a database" * 100)
    with pytest.raises(StudioError, match=r"ended before it answered: .*not a database"):
        start(home, os.environ)
    assert not home.busy()


def test_the_log_is_bounded_and_keeps_the_last_words(tmp_path):
    lock = os.open(tmp_path / "lock", os.O_RDWR | os.O_CREAT)
    shout = (
        f"for n in range(6 * {keeper.LIMIT} // 100): print(str(n).zfill(99))\nprint('last words'); raise SystemExit(3)"
    )
    log = tmp_path / "server.log"
    done = subprocess.run(
        [sys.executable, "-I", keeper.__file__, log, str(lock), sys.executable, "-c", shout],
        pass_fds=(lock,),
        check=False,
    )
    assert done.returncode == 3
    assert log.read_text().splitlines()[-2:] == ["last words", "[the server ended with exit code 3]"]
    assert sum(each.stat().st_size for each in tmp_path.glob("server.log*")) <= 2 * keeper.LIMIT + 65536
    assert (tmp_path / "lock").read_text().isdigit()


def test_the_command_starts_says_and_stops(fresh_home, tmp_path):
    """As a program: the server outlives the command that started it."""
    home = fresh_home()
    environment = os.environ | {"ONRECORD_STUDIO_HOME": str(home.root)}

    def onrecord(*words):
        return subprocess.run(
            [sys.executable, "-m", "pipeline.cli.app", "studio", *words],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    try:
        started = onrecord("start")
        assert started.returncode == 0, started.stderr
        assert started.stdout.startswith(f"Label Studio runs at {home.read().url}\n")
        assert home.read().password not in started.stdout + started.stderr
        said = onrecord("status", "--json")
        found = json.loads(said.stdout)
        assert said.returncode == 0
        assert found["ready"]
        assert "password" not in found
        assert json.loads(onrecord("status", "--json", "--show-password").stdout)["password"] == home.read().password
        assert onrecord("start").stdout.startswith("Label Studio already runs at ")
        assert json.loads(onrecord("stop", "--json").stdout) == {"stopped": True}
        again = onrecord("stop")
        assert (again.returncode, again.stdout.splitlines()[0]) == (0, "No Label Studio server runs here.")
        assert onrecord("status").returncode == 1
    finally:
        stop(home)


def test_status_before_any_start(tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_STUDIO_HOME", str(tmp_path / "nowhere"))
    found = CliRunner().invoke(app, ["studio", "status"])
    assert found.exit_code == 1
    assert "Next: onrecord studio start" in found.stdout
    assert not (tmp_path / "nowhere").exists()


def _server(home: Home):
    from annotation.door.connection import Server

    known = home.read()
    return Server(url=known.url, token=known.token, is_local=True)


def _until(true, seconds=10):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)
