"""A real Label Studio, one for the session, and fresh ones that start in seconds.

Loaded as a plugin by ``tests/conftest.py``, so that contract tests and browser tests share one server. The server is
installed once, into ``.studio`` of the checkout. ONRECORD_TEST_STUDIO=<home of a running server> uses that instead.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from annotation.door import accounts
from annotation.door.connection import Server, connect
from annotation.studio.install import install, installed
from annotation.studio.local import Home, Local
from annotation.studio.port import free_port
from annotation.studio.server import start, stop
from tests.contract.session import legacy_token, personal_token, sign_in

SHARED = Path(__file__).parents[2] / ".studio"
ROOM = 1_000_000_000
"""Bytes of memory that must be free for the databases of all test servers, which take a tenth of it."""
PATIENCE = 1200.0
"""Seconds to wait for another process that installs the server: over a slow line it takes many minutes."""
_COUNT = count(1)


@dataclass
class Annotator:
    """Somebody with an account: what a browser needs (email, password) and what a program needs (token)."""

    email: str
    password: str
    user_id: int
    code: str
    token: str


@dataclass
class Studio:
    """A running server and its first account."""

    home: Home
    local: Local
    _pat: str | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return self.local.url

    @property
    def server(self) -> Server:
        """The server with the first account's legacy token."""
        return Server(url=self.local.url, token=self.local.token, is_local=True)

    @property
    def pat(self) -> str:
        """The first account's personal access token."""
        if self._pat is None:
            with self.session() as session:
                self._pat = personal_token(session)
        return self._pat

    @property
    def pat_server(self) -> Server:
        """The server as one that runs elsewhere, with the personal access token."""
        return Server(url=self.local.url, token=self.pat)

    def client(self):
        """An SDK client of the first account."""
        return connect(self.server)

    def session(self) -> AbstractContextManager[httpx.Client]:
        """A logged-in browser-like session of the first account."""
        return sign_in(self.server, self.local.email, self.local.password)

    def annotator(self, name: str | None = None) -> Annotator:
        """A new account that can log in."""
        (account,) = accounts.add(self.client(), self.server, [name or f"person-{os.getpid()}-{next(_COUNT)}"])
        assert account.password
        with sign_in(self.server, account.email, account.password) as session:
            token = legacy_token(session)
        return Annotator(account.email, account.password, account.user_id, account.code, token)

    def start(self) -> None:
        """Start it (again), on the same port."""
        self.local = start(self.home, os.environ, port=self.local.port).local

    def kill(self) -> None:
        """Kill all its processes at once, as a power cut would."""
        group = self.home.group()
        assert group is not None
        os.killpg(group, 9)
        while self.home.busy():
            pass

    def stop(self) -> None:
        """Stop it as `onrecord studio stop` does."""
        stop(self.home)


@pytest.fixture(scope="session")
def studio_environment() -> Path:
    """The installed Label Studio all test servers share: processes of a test run wait for whoever installs it."""
    home = Home(SHARED)
    home.make()
    end = time.monotonic() + PATIENCE
    while not installed(home):
        if (lock := home.lock()) is not None:
            try:
                install(home, os.environ, holding=lock)
            finally:
                os.close(lock)
        elif time.monotonic() > end:
            pytest.fail(f"another process installs into, or runs a server in, {SHARED}", pytrace=False)
    return home.environment


@pytest.fixture(scope="session")
def homes(tmp_path_factory) -> Iterator[Path]:
    """The folder of all homes: in memory where there is room, since a server waits for its disk at every answer."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < ROOM:
        yield tmp_path_factory.mktemp("studio")
        return
    with TemporaryDirectory(prefix="onrecord-studio-", dir=memory, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def empty_home(studio_environment, homes) -> Callable[[], Home]:
    """Makes homes in which a server is installed and none was ever started."""

    def make() -> Home:
        home = Home(homes / f"home-{next(_COUNT)}")
        home.make()
        home.environment.symlink_to(studio_environment)
        return home

    return make


@pytest.fixture(scope="session")
def pristine(empty_home) -> Iterator[Studio]:
    """The session's server, right after its very first start; `studio` and `fresh_studio` are what tests use."""
    home = empty_home()
    running = start(home, os.environ, port=free_port())
    keep = home.root / "pristine"
    keep.mkdir()
    shutil.copy(home.secrets, keep / "server.json")
    _copy_data(home.data, keep / "data")
    yield Studio(home, running.local)
    stop(home)


@pytest.fixture(scope="session")
def studio(request) -> Studio:
    """The session's server: real, shared, so make projects and people of your own in it."""
    if given := os.environ.get("ONRECORD_TEST_STUDIO"):
        home = Home(Path(given))
        local = home.read()
        assert local is not None, f"no server was ever started in {given}"
        return Studio(home, local)
    return request.getfixturevalue("pristine")


@pytest.fixture
def fresh_home(pristine, empty_home) -> Callable[[], Home]:
    """Makes homes with the data of a server after its first start: starting there takes seconds."""
    return lambda: copy_of(pristine, empty_home())


def copy_of(pristine: Studio, home: Home) -> Home:
    """Give a home the data of a server after its first start, and a port of its own."""
    kept = Home(pristine.home.root / "pristine")
    _copy_data(kept.data, home.data)
    known = kept.read()
    assert known is not None
    home.write(Local(port=free_port(), email=known.email, password=known.password, token=known.token))
    return home


@pytest.fixture
def fresh_studio(fresh_home) -> Iterator[Studio]:
    """A server of the test's own, to stop, kill and break: empty, and started in seconds."""
    home = fresh_home()
    yield Studio(home, start(home, os.environ).local)
    stop(home)


def _copy_data(source: Path, target: Path) -> None:
    """Copy a server's data, also while it runs."""
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sqlite3*"))
    name = "label_studio.sqlite3"
    with sqlite3.connect(source / name) as database, sqlite3.connect(target / name) as copy:
        database.backup(copy)
