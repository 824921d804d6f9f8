"""Whether a port of this machine can be had."""

from __future__ import annotations

import random
import socket
import time

from pipeline.errors import Place, StudioError

_OURS = range(20_000, 32_768)
"""Ports that no system lends to calls on their way out (Linux begins at 32768, the others at 49152): a server that was
stopped finds its port free again."""

_PATIENCE = 3.0
"""Seconds that a port is waited for: a server that was killed may take a moment to let go of it."""


def refuse_busy(port: int) -> None:
    """Raise StudioError if another program has the port, and keeps it: Label Studio would silently take the next."""
    end = time.monotonic() + _PATIENCE
    try:
        while (taken := not _is_free(port)) and time.monotonic() < end:
            time.sleep(0.05)
    except PermissionError as error:
        raise StudioError(
            f"port {port} is reserved for the system's own services.",
            fix="choose one above 1023: onrecord studio start --port 8080",
        ) from error
    if taken:
        raise StudioError(
            f"port {port} is used by another program.",
            where=Place(path=f"127.0.0.1:{port}"),
            fix=f"choose another: onrecord studio start --port {free_port()}",
        )


def free_port() -> int:
    """A port that nobody uses now, and that no outgoing call will be given while its server is down."""
    while not _is_free(port := random.choice(_OURS)):
        pass
    return port


def _is_free(port: int) -> bool:
    """Whether nobody answers there and a server may listen. Raises PermissionError where only the system may."""
    with socket.socket() as caller, socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return False
            listener.bind(("127.0.0.1", port))
        except PermissionError:
            raise
        except OSError:
            return False
    return True
