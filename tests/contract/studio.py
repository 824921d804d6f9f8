"""A real Label Studio, one for the session, and fresh ones that start in seconds.

Loaded as a plugin by ``tests/conftest.py``, so that contract tests and browser tests share one server. It is installed,
and started for the first time, once, in ``.studio`` of the checkout. ONRECORD_TEST_STUDIO=<home of a running server>
uses that instead.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import httpx
import pytest

from annotation.door import accounts
from annotation.door.connection import Server, connect
from annotation.studio.install import install, installed
from annotation.studio.local import Home, Local
from annotation.studio.port import free_port
from annotation.studio.server import start, stop
from pipeline.errors import OnrecordError
from tests.contract.session import legacy_token, personal_token, sign_in

SHARED = Home(Path(__file__).parents[2] / ".studio")
FIRST = Home(SHARED.root / "first")
"""The home of a server that was started once."""
ROOM = 1_000_000_000
"""Bytes of memory that must be free for the databases of all test servers, which take a tenth of it."""
PATIENCE = 1200.0
"""Seconds to wait for another process that installs the server: over a slow line it takes many minutes."""
_COUNT = count(1)
_NEEDED = frozenset({"studio", "studio_environment"})


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave tests that need a server for the end, and begin to install it: that takes minutes, mostly of waiting."""
    theirs = [item for item in items if not _NEEDED.isdisjoint(item.fixturenames)]
    items.sort(key=lambda item: not _NEEDED.isdisjoint(item.fixturenames))
    if theirs and len(theirs) < len(items) and not _is_ready():
        Thread(target=_make_early, daemon=True).start()


def _make_early() -> None:
    """Install, and start once; what goes wrong is told when a test needs it."""
    with suppress(OnrecordError):
        _make_ready()


def _is_ready() -> bool:
    """Whether the server that is wanted is installed, and was started once."""
    return installed(SHARED) and FIRST.read() is not None and _mark().is_file()


def _make_ready() -> bool:
    """Install the server, start it for the first time, and keep its data; not if another process is at it."""
    SHARED.make()
    if (lock := SHARED.lock()) is None:
        return False
    try:
        install(SHARED, os.environ, holding=lock)
        if not _is_ready():
            shutil.rmtree(FIRST.root, ignore_errors=True)
            FIRST.make()
            FIRST.environment.symlink_to(SHARED.environment)
            start(FIRST, os.environ, port=free_port())
            stop(FIRST)
            _mark().touch()
    finally:
        os.close(lock)
    return True


def _mark() -> Path:
    """The file that says that a first start came to its end, in the very environment that it was made in."""
    return SHARED.environment / "started-for-tests"


@pytest.fixture(scope="session")
def studio_environment() -> Path:
    """The installed Label Studio all test servers share: processes of a test run wait for whoever installs it."""
    end = time.monotonic() + PATIENCE
    while not _is_ready():
        if not _make_ready() and time.monotonic() > end:
            pytest.fail(f"another process installs into, or runs a server in, {SHARED.root}", pytrace=False)
    return SHARED.environment


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
    """The session's server, right after a first start; `studio` and `fresh_studio` are what tests use."""
    home = copy_of_first(empty_home())
    yield Studio(home, start(home, os.environ).local)
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
def fresh_home(empty_home) -> Callable[[], Home]:
    """Makes homes with the data of a server after its first start: starting there takes seconds."""
    return lambda: copy_of_first(empty_home())


def copy_of_first(home: Home) -> Home:
    """Give a home the data of a server after its first start, and a port of its own."""
    _copy_data(FIRST.data, home.data)
    known = FIRST.read()
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
