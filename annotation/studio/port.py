"""Whether a port of this machine can be had."""

from __future__ import annotations

import socket

from pipeline.errors import Place, StudioError


def refuse_busy(port: int) -> None:
    """Raise StudioError if another program has the port: Label Studio would silently take the next one."""
    with socket.socket() as caller, socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken = caller.connect_ex(("127.0.0.1", port)) == 0
            listener.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise StudioError(
                f"port {port} is reserved for the system's own services.",
                fix="choose one above 1023: onrecord studio start --port 8080",
            ) from error
        except OSError:
            taken = True
    if taken:
        raise StudioError(
            f"port {port} is used by another program.",
            where=Place(path=f"127.0.0.1:{port}"),
            fix=f"choose another: onrecord studio start --port {free_port()}",
        )


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
