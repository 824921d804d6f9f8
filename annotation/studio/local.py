"""The folder of the local Label Studio server: what is where, its secrets, and who is at work in it.

::

    <home>/            0700
      environment/     Label Studio's own Python environment
      data/            its database
      server.json      0600: address, first account, token
      server.lock      held by whoever installs or runs the server; in it, the server's process group
      server.log(.1)   what the server printed last

The lock is the operating system's: it is free as soon as the last process of the server is gone, however it went. So a
killed server leaves nothing behind that could be mistaken for a running one.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Literal

from pipeline.errors import Place, StudioError

_TRIES = 5
"""Whoever only looks whether the lock is held holds it for an instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """What is known of the local server between two starts: its address, its first account and that account's token."""

    port: int
    email: str
    password: str = field(repr=False)
    token: str = field(repr=False)

    @property
    def url(self) -> str:
        """The server's address; it listens on this machine only."""
        return f"http://127.0.0.1:{self.port}"


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of the local server."""

    root: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", self.root.expanduser().absolute())

    @property
    def environment(self) -> Path:
        """Label Studio's own Python environment."""
        return self.root / "environment"

    @property
    def python(self) -> Path:
        """The Python of that environment."""
        return self.environment / "bin" / "python"

    @property
    def data(self) -> Path:
        """Label Studio's data folder."""
        return self.root / "data"

    @property
    def log(self) -> Path:
        """What the server printed last; before that ``server.log.1``."""
        return self.root / "server.log"

    @property
    def secrets(self) -> Path:
        """Address, first account and token; readable by its owner only."""
        return self.root / "server.json"

    def make(self) -> None:
        """Make the folder, closed to other users. Raises StudioError where that cannot be."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            self.root.chmod(0o700)
            self.data.mkdir(exist_ok=True)
        except OSError as error:
            raise self.unwritable(error) from error

    def read(self) -> Local | None:
        """What is known of the server; ``None`` before its first start. Raises StudioError for a damaged file."""
        try:
            values = json.loads(self.secrets.read_text(encoding="utf-8"))
            return Local(**{each.name: values[each.name] for each in fields(Local)})
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise StudioError(
                f"what is known of the local server cannot be read: {type(error).__name__}.",
                where=Place(path=self.secrets),
                fix="delete it; the next `onrecord studio start` makes a new password and token, and keeps all work.",
            ) from error

    def write(self, local: Local) -> None:
        """Keep what is known of the server, readable by its owner only. Raises StudioError where that cannot be."""
        beside = self.secrets.with_suffix(".new")
        try:
            beside.unlink(missing_ok=True)
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                json.dump(asdict(local), file, indent=1)
            beside.replace(self.secrets)
        except OSError as error:
            raise self.unwritable(error) from error

    def lock(self) -> int | None:
        """Take the lock: a file descriptor that holds it, also when a child has it; ``None`` if another process does.

        Raises StudioError where the lock file cannot be opened.
        """
        try:
            lock = os.open(self.root / "server.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise self.unwritable(error) from error
        for _ in range(_TRIES):
            if _held(lock, "EX", self):
                os.ftruncate(lock, 0)
                return lock
            time.sleep(0.05)
        os.close(lock)
        return None

    def busy(self) -> bool:
        """Whether any process installs or runs the server."""
        try:
            lock = os.open(self.root / "server.lock", os.O_RDWR)
        except OSError:
            return False
        try:
            return not _held(lock, "SH", self)
        finally:
            os.close(lock)

    def group(self) -> int | None:
        """The process group of the running server; ``None`` where none runs, or it is only being installed."""
        if self.busy():
            with suppress(OSError, ValueError):
                return int((self.root / "server.lock").read_text())
        return None

    def unwritable(self, error: OSError) -> StudioError:
        """The error for a folder that does not take what is written to it."""
        return StudioError(
            f"the folder of the local server cannot be written: {error.strerror or error}.",
            where=Place(path=self.root),
            fix="free the disk or mend the folder's permissions, or name another folder in ONRECORD_STUDIO_HOME.",
        )


def _held(lock: int, kind: Literal["EX", "SH"], home: Home) -> bool:
    """Try to take the lock, for oneself or beside others who look. Raises StudioError where there are no locks."""
    try:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_NB | (fcntl.LOCK_EX if kind == "EX" else fcntl.LOCK_SH))
    except BlockingIOError:
        return False
    except ImportError as error:
        raise StudioError(
            "the local server needs Linux or macOS.",
            fix="run this in WSL, or use a server that runs elsewhere: set LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY.",
        ) from error
    except OSError as error:
        raise home.unwritable(error) from error
    return True
