"""The process above the local server: starts it, keeps the last of what it prints, and ends when it ends.

Run as a program of its own, ``keeper.py LOG LOCK COMMAND...``: the server outlives the command that starts it. LOCK is
an open file descriptor, inherited by the server, that holds the lock on the server's folder. Standard library only.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

LIMIT = 4_000_000
"""Bytes in ``server.log`` before it becomes ``server.log.1``: together they hold at most twice this and one read."""

STARTING = "[the server is starting]"
ENDED = "[the server ended"


def main(log: Path, lock: int, command: list[str]) -> int:
    """Run the command to its end and give its exit code."""
    os.write(lock, str(os.getpid()).encode())
    append(log, f"{STARTING}\n".encode())
    try:
        server = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, pass_fds=(lock,)
        )
    except OSError as error:
        append(log, f"{error}\n".encode())
        return 1
    for stopping in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(stopping, signal.SIG_IGN)  # the server is told, too; its last words are kept
    assert server.stdout is not None
    keep(server.stdout.fileno(), log)
    code = server.wait()
    append(log, f"{ENDED} with exit code {code}]\n".encode())
    return code


def keep(source: int, log: Path) -> None:
    """Copy what comes from `source` to the log until it ends; what a full disk does not take is dropped."""
    while printed := os.read(source, 65536):
        append(log, printed)


def append(log: Path, printed: bytes) -> None:
    """Add to the log, which starts anew when it is full."""
    with suppress(OSError):
        if log.exists() and log.stat().st_size + len(printed) > LIMIT:
            log.replace(log.with_name(f"{log.name}.1"))
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as file:
            file.write(printed)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
