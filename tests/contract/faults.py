"""A proxy before Label Studio that does to calls what networks and servers do to them."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

Decide = Callable[[int, str, str], str | None]
"""Which fault befalls the n-th call (from 0), by its method and path; None for none."""

BEFORE = ("500", "502", "429", "page", "reset")
"""The call never arrives: answered with a status or a web page in its place, or the connection breaks."""
AFTER = ("lost", "late", "half", "cut", "garbled", "empty", "slow", "502 after")
"""The call arrives and is done, and its answer is lost, comes too late, is cut off (with its length said, or not), is
not packed as it says, is empty, or trickles in."""
FAULTS = BEFORE + AFTER

LATE = 3.0
"""Seconds that an answer is held back: longer than the patience of the tests."""


class FaultyProxy:
    """Passes calls on to `upstream`; `decide` may be replaced at any time. `calls` are what came, with their faults."""

    def __init__(self, upstream: str, decide: Decide = lambda *_: None) -> None:
        self.upstream = urlsplit(upstream)
        self.decide = decide
        self.calls: list[tuple[str, str, str | None]] = []
        self._lock = threading.Lock()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Say nothing."""

            def _handle(self) -> None:
                proxy.handle(self)

            do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = _handle  # noqa: N815

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def __enter__(self) -> FaultyProxy:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("content-length", 0)))
        with self._lock:
            fault = self.decide(len(self.calls), request.command, request.path)
            self.calls.append((request.command, request.path, fault))
        request.close_connection = True
        with suppress(OSError):
            self._answer(request, body, fault)

    def _answer(self, request: BaseHTTPRequestHandler, body: bytes, fault: str | None) -> None:
        if fault in ("500", "502", "429"):
            return _write(request, int(fault), b'{"detail": "made up"}')
        if fault == "page":
            return _write(request, 200, b"<html><title>Please log in to the network</title></html>")
        if fault == "reset":
            return None
        try:
            status, answer = self._forward(request, body)
        except (OSError, http.client.HTTPException):
            return _write(request, 502, b'{"detail": "no answer from behind the proxy"}')
        if fault == "lost":
            return None
        if fault == "empty":
            return _write(request, 200, b"")
        if fault == "502 after":
            return _write(request, 502, b'{"detail": "made up"}')
        if fault == "late":
            time.sleep(LATE)
        if fault == "garbled":
            return _write(request, status, answer, packed="gzip")
        return _write(
            request, status, answer, cut=fault in ("half", "cut"), slowly=fault == "slow", long=fault != "cut"
        )

    def _forward(self, request: BaseHTTPRequestHandler, body: bytes) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(self.upstream.hostname, self.upstream.port, timeout=120)
        kept = {name: value for name, value in request.headers.items() if name.lower() not in ("host", "connection")}
        connection.request(request.command, request.path, body=body, headers=kept)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content


def _write(
    request: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    *,
    cut: bool = False,
    slowly: bool = False,
    long: bool = True,
    packed: str = "",
) -> None:
    """Write an answer; `long`: with its length."""
    request.send_response(status)
    request.send_header("Content-Type", "application/json")
    if long:
        request.send_header("Content-Length", str(len(body)))
    if packed:
        request.send_header("Content-Encoding", packed)
    request.send_header("Connection", "close")
    if status == 429:
        request.send_header("Retry-After", "0")
    request.end_headers()
    if cut:
        request.wfile.write(body[: len(body) // 2])
        return
    step = max(1, len(body) // 8) if slowly else max(1, len(body))
    for place in range(0, len(body), step):
        request.wfile.write(body[place : place + step])
        if slowly:
            request.wfile.flush()
            time.sleep(0.03)
