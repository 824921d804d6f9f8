"""The local Label Studio server: started, found ready, stopped. On this machine only, and it calls nobody."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from annotation.studio import keeper
from annotation.studio.install import install, installed
from annotation.studio.local import Home, Local
from annotation.studio.mend import new_password, set_first_account
from annotation.studio.port import free_port, refuse_busy
from annotation.studio.surroundings import server_environment
from pipeline.errors import Place, StudioError

PORT = 8080
EMAIL = "lead@onrecord.invalid"
"""The first account's name. Label Studio wants an e-mail address; no mail is ever sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A local server that answers. `already` is true if it ran before it was asked to start."""

    local: Local
    group: int
    already: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How the local server is: installed, running (its processes are there), ready (it answers)."""

    installed: bool
    running: bool
    ready: bool
    group: int | None
    local: Local | None


def start(
    home: Home,
    environment: Mapping[str, str],
    *,
    port: int | None = None,
    timeout: float = 300,
    progress: Callable[[str], None] = lambda _: None,
) -> Running:
    """Install the server if need be, start it, and wait until it answers. One that runs is left as it is.

    `environment` is the user's; the server gets only what it needs of it. Without `port`, the last one is taken (the
    first time 8080). The first start makes the database, a first account with a password, and its token.

    Raises StudioError for a port that another program uses, a server that does not answer within `timeout` seconds
    or ends before, and all that `install` raises.
    """
    home.make()
    lock = home.lock()
    if lock is None:
        return _running(home, port, timeout)
    try:
        known = home.read()
        install(home, environment, holding=lock, progress=progress)
        local = _local(known, port)
        refuse_busy(local.port)
        home.write(local)
        progress(f"starting Label Studio{'' if known else '; the first time, it makes its database (40 s)'}")
        started = _spawn(home, local, environment, lock)
    finally:
        os.close(lock)
    try:
        _wait(home, local, timeout, ended=lambda: started.poll() is not None)
        _check_token(home, local, environment)
    except BaseException:
        stop(home)
        raise
    return Running(local=local, group=started.pid, already=False)


def stop(home: Home, *, patience: float = 15) -> bool:
    """Stop all processes of the server; false if none runs.

    `patience` is how many seconds they have to end by themselves. Raises StudioError if they do not end at all, or if
    another command is installing the server.
    """
    if not home.busy():
        return False
    deadline = time.monotonic() + 2
    while (group := home.group()) is None and home.busy():
        if time.monotonic() > deadline:
            raise StudioError(
                "another command is installing or starting the local server.",
                where=Place(path=home.root),
                fix="wait for it, or stop it with Ctrl-C where it runs.",
            )
        time.sleep(0.05)
    for kind, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 5.0)):
        with suppress(ProcessLookupError):
            if group is not None:
                os.killpg(group, kind)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not home.busy():
                return True
            time.sleep(0.05)
    raise StudioError(
        f"the local server does not end (process group {group}).",
        where=Place(path=home.root),
        fix=f"end it by hand: kill -9 -- -{group}",
    )


def status(home: Home) -> Status:
    """Look how the local server is; changes nothing."""
    local = home.read()
    running = home.busy()
    return Status(
        installed=installed(home),
        running=running,
        ready=bool(running and local and _answers(local)),
        group=home.group(),
        local=local,
    )


def _running(home: Home, port: int | None, timeout: float) -> Running:
    """The server that somebody else started or is starting; waits for it."""
    local, group = home.read(), home.group()
    if local is None or group is None:
        raise StudioError(
            "another command is installing or starting the local server.",
            where=Place(path=home.root),
            fix="wait for it, then look with: onrecord studio status",
        )
    if port not in {None, local.port}:
        raise StudioError(
            f"the local server already runs on port {local.port}.",
            where=Place(path=local.url),
            fix=f"stop it first (onrecord studio stop), or leave out --port {port}.",
        )
    _wait(home, local, timeout, ended=lambda: not home.busy())
    return Running(local=local, group=group, already=True)


def _local(known: Local | None, port: int | None) -> Local:
    """What is known of the server, with the port asked for; made up where nothing is."""
    if known is None:
        return Local(port=port or PORT, email=EMAIL, password=new_password(), token=secrets.token_hex(20))
    return Local(port=port or known.port, email=known.email, password=known.password, token=known.token)


def _spawn(home: Home, local: Local, environment: Mapping[str, str], lock: int) -> subprocess.Popen[bytes]:
    """Start the keeper and below it the server, in a session of their own that outlives this process."""
    server = [str(home.python), "-m", "label_studio.server", "start", "--no-browser", "--data-dir", str(home.data)]
    server += ["--internal-host", "127.0.0.1", "--port", str(local.port), "--enable-legacy-api-token"]
    try:
        return subprocess.Popen(
            [sys.executable, "-I", keeper.__file__, str(home.log), str(lock), *server],
            env=server_environment(home, local, environment),
            cwd=home.data,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=(lock,),
        )
    except OSError as error:
        raise home.unwritable(error) from error


def _wait(home: Home, local: Local, timeout: float, ended: Callable[[], bool]) -> None:
    """Wait until the server answers. Raises StudioError if it ends before, or does not answer in time."""
    deadline = time.monotonic() + timeout
    while not _answers(local):
        if ended():
            raise StudioError(
                f"Label Studio ended before it answered: {_last_words(home.log)}",
                where=Place(path=home.log),
                fix="mend what the end of this log says, then start again; no work is lost.",
            )
        if time.monotonic() > deadline:
            raise StudioError(
                f"Label Studio does not answer after {timeout:.0f} s.",
                where=Place(path=local.url),
                fix=f"look at the end of {home.log}, then: onrecord studio stop; onrecord studio start",
            )
        time.sleep(0.2)


def _answers(local: Local) -> bool:
    import httpx

    try:
        with httpx.Client(trust_env=False, timeout=5) as http:
            return bool(http.get(f"{local.url}/health").json().get("status") == "UP")
    except (httpx.HTTPError, ValueError, AttributeError):
        return False


def _check_token(home: Home, local: Local, environment: Mapping[str, str]) -> None:
    """Make sure that the token works; where the database has another, or was told to refuse it, set it there."""
    if _takes(local):
        return
    set_first_account(home, environment, local)
    if not _takes(local):
        raise StudioError(
            "the local server does not take its own token.",
            where=Place(path=local.url),
            fix=f"look at the end of {home.log}; if another program took the port: --port {free_port()}",
        )


def _takes(local: Local) -> bool:
    """Whether the server takes the token, and as its first account's."""
    import httpx

    try:
        with httpx.Client(trust_env=False, timeout=30) as http:
            headers = {"Authorization": f"Token {local.token}"}
            found = http.get(f"{local.url}/api/current-user/whoami", headers=headers)
            return bool(found.status_code == 200 and found.json()["email"] == local.email)
    except (httpx.HTTPError, ValueError, KeyError):
        return False


def _last_words(log: Path) -> str:
    """The last line that the server printed since it was started last, cut to 300 characters."""
    try:
        printed = log.read_text(encoding="utf-8", errors="replace").rpartition(keeper.STARTING)[2]
    except OSError:
        printed = ""
    said = [line.strip() for line in printed.splitlines() if line.strip() and not line.startswith(keeper.ENDED)]
    return said[-1][:300] if said else "it said nothing."
