"""How calls go to Label Studio: tried again while the server is only out of breath.

Reading is tried again after any failure that may pass. What adds something (tasks, predictions, a project) is sent
once: after a failure nobody knows whether it arrived, and `UnsureError` says so. Whoever sent it looks before sending
it again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from annotation.door.connection import Server, translated
from annotation.door.refusals import refusal
from pipeline.errors import StudioError

if TYPE_CHECKING:
    import httpx
    from label_studio_sdk.client import LabelStudio

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_FIX = "run the same command again: it goes on where it stopped."


class UnsureError(Exception):
    """The call failed, and the server may have done it all the same; `error` is what to tell the user in the end.

    `late`: it may still be at work on it.
    """

    def __init__(self, error: StudioError, *, late: bool) -> None:
        self.error = error
        self.late = late
        super().__init__(str(error))


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often a call is tried, with pauses in seconds that double from `first` to `longest`; `timeout` is for one.

    The default outlasts a server that is restarted: nine tries in about a minute.
    """

    tries: int = 9
    first: float = 0.25
    longest: float = 16.0
    timeout: float = 120.0

    def pauses(self) -> Iterator[float]:
        """The pause before each try; the first has none."""
        yield 0.0
        for number in range(self.tries - 1):
            yield min(self.longest, self.first * 2**number)


class Transport:
    """Calls to one server. Safe to be used by several threads. `clock` is what its clock showed at the last answer."""

    def __init__(self, client: LabelStudio, server: Server, patience: Patience = Patience()) -> None:
        self.client = client
        self.server = server
        self.patience = patience
        self.clock: datetime | None = None

    def read(self, doing: str, method: str, path: str, **request: Any) -> Any:  # noqa: ANN401 - the answer's JSON
        """A call that may be repeated; its answer as JSON. Raises StudioError when patience has run out.

        Where the server does not have what is asked for, that is a MissingError.
        """
        content = self.read_bytes(doing, method, path, **request)
        return self.loaded(doing, content) if content else None

    def loaded(self, doing: str, content: bytes) -> Any:  # noqa: ANN401 - the answer's JSON
        """An answer's JSON, read. Raises StudioError where a part of it is missing."""
        with translated(doing, self.server):
            return json.loads(content)

    def read_bytes(self, doing: str, method: str, path: str, **request: Any) -> bytes:  # noqa: ANN401
        """Like `read`, with the JSON not read yet."""
        answer: Any = None
        for pause in self.patience.pauses():
            time.sleep(max(pause, _asked_to_wait(answer)) if pause else 0)
            answer = self._try(method, path, **request)
            if not _passes(answer):
                break
        return self._content(doing, answer)

    def send(self, doing: str, method: str, path: str, **request: Any) -> Any:  # noqa: ANN401
        """A call that may not be repeated blindly; its answer as JSON. Raises UnsureError where it may have arrived."""
        answer = self._try(method, path, **request)
        try:
            return self.loaded(doing, self._content(doing, answer))
        except StudioError as error:
            if isinstance(answer, Exception) or answer.status_code in _PASSING or answer.status_code < 400:
                raise UnsureError(error, late=_is_late(answer)) from error
            raise

    def _try(self, method: str, path: str, **request: Any) -> httpx.Response | Exception:  # noqa: ANN401
        """The answer, or what kept it from coming."""
        import httpx

        if "body" in request:
            content = json.dumps(request.pop("body"), ensure_ascii=False).encode("utf-8", "surrogatepass")
            request |= {"content": content, "headers": {"content-type": "application/json"}}
        try:
            response = self.client._client_wrapper.httpx_client.request(
                path,
                method=method,
                request_options={"max_retries": 0, "timeout_in_seconds": int(self.patience.timeout) or 1},
                **request,
            )
        except httpx.RequestError as error:
            return error
        with suppress(KeyError, ValueError):
            self.clock = parsedate_to_datetime(response.headers["date"])
        nothing_to_say = method == "DELETE" and not response.content
        if response.status_code < 400 and not nothing_to_say and not _is_whole(response.content):
            return json.JSONDecodeError("no JSON", "", 0)
        return response

    def _content(self, doing: str, answer: httpx.Response | Exception) -> bytes:
        """The answer's JSON, not read yet; what is no answer as a StudioError."""
        if isinstance(answer, Exception):
            with translated(doing, self.server):
                raise answer
        if answer.status_code < 400:
            return answer.content
        try:
            body = answer.json()
        except ValueError:
            body = answer.text
        refused = refusal(doing, self.server, answer.status_code, body)
        if answer.status_code in _PASSING:
            raise StudioError(refused.what, where=refused.where, fix=_FIX)
        raise refused


def _passes(answer: httpx.Response | Exception) -> bool:
    """Whether the failure may pass; nothing that came back whole and is no failure does."""
    return isinstance(answer, Exception) or answer.status_code in _PASSING


def _is_whole(content: bytes) -> bool:
    """Whether an answer is JSON from end to end: no web page, and nothing cut off, wherever it was cut."""
    try:
        json.loads(content)
    except ValueError:
        return False
    return True


def _is_late(answer: httpx.Response | Exception) -> bool:
    """Whether the server may still be at work on the call."""
    import httpx

    return isinstance(answer, httpx.TimeoutException) or getattr(answer, "status_code", 0) in (408, 502, 503, 504)


def _asked_to_wait(answer: Any) -> float:  # noqa: ANN401 - an answer, a failure or nothing yet
    """How many seconds the server asks to wait; at most a minute."""
    asked = getattr(answer, "headers", {}).get("retry-after", "")
    return min(60.0, float(asked)) if asked.isdigit() else 0.0
