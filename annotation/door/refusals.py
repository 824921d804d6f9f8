"""What it means when Label Studio refuses, and the way out; its words cut to a line without secrets and articles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from annotation.door.address import Server
from pipeline.errors import MissingError, StudioError

_LONGEST = 200
_AGAIN = (408, 425, 429)
"""Statuses below 500 after which the same request may pass."""


def unreachable(doing: str, server: Server, error: Exception) -> StudioError:
    """The server cannot be reached, or the connection broke, while `doing` (an infinitive)."""
    import httpx

    reason = one_line(str(error), server) or type(error).__name__
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        what = f"no server answers here ({reason})."
    elif isinstance(error, httpx.TimeoutException):
        what = f"Label Studio took too long to {doing}."
    else:
        what = f"the connection broke, trying to {doing} ({reason})."
    start = (
        "start it (onrecord studio start)" if server.is_local else "check that the server runs and the address is right"
    )
    return StudioError(what, where=server.where, fix=f"{start}; then run this again: it goes on where it stopped.")


def refusal(doing: str, server: Server, status: int, body: Any) -> StudioError:  # noqa: ANN401 - whatever came back
    """The server answered `doing` (an infinitive) with an error status and a body; a MissingError for status 404."""
    said = one_line(detail(body), server)
    if status == 401:
        return StudioError(
            f"Label Studio refuses the token: {said or 'no reason given.'}",
            where=server.where,
            fix=_new_token(said, server),
        )
    if status >= 500 or status in _AGAIN:
        fix = "run this again in a moment; if it stays so, look at the server's log."
    elif status == 404:
        fix = "check that the project is still there; `onrecord push` makes a deleted one anew."
    else:
        fix = "mend what the server names, or look at the server's log."
    kind = MissingError if status == 404 else StudioError
    return kind(
        f"Label Studio would not {doing}: {said or 'no reason given'} (HTTP status {status}).",
        where=server.where,
        fix=fix,
    )


def _new_token(said: str, server: Server) -> str:
    """The way out when a token is refused, by what the server said."""
    if server.is_local:
        return "onrecord studio stop, then onrecord studio start: it sets the token right."
    new = (
        "in Label Studio, open the menu at the top right, Account & Settings, Personal Access Token, make a new one; "
        f"then export {server.token_variable}=<the token>."
    )
    if "legacy token authentication has been disabled" in said:
        return (
            f"take a personal access token instead: {new} Or an owner allows legacy tokens again: Organization, "
            "API Tokens Settings, Legacy Tokens."
        )
    return new


def detail(body: Any) -> str:  # noqa: ANN401 - whatever came back
    """What an error says, without markup and without the task that Label Studio may echo after ``::``."""
    if isinstance(body, Mapping):
        said = body.get("validation_errors") or body.get("detail") or body.get("message") or list(body.values())
        return detail(list(said.values()) if isinstance(said, Mapping) else said)
    if isinstance(body, list | tuple):
        return "; ".join(detail(each) for each in body[:3])
    text = str(body or "")
    if "<html" in text[:2000].lower():
        title = re.search(r"<title>(.*?)</title>", text, re.DOTALL | re.IGNORECASE)
        return title.group(1) if title else "a web page"
    return text.split("::", maxsplit=1)[0].split("{'data'", maxsplit=1)[0]


def one_line(text: str, server: Server) -> str:
    """One printable line of at most 200 characters, without the token."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    shown = " ".join((shown.replace(server.token, "***") if server.token else shown).split())
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
