"""Signing up to Label Studio as a browser does: it makes accounts that can log in only through its invitation page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from annotation.door.connection import Server, translated
from pipeline.errors import StudioError

if TYPE_CHECKING:
    import httpx


@contextmanager
def sign_up(server: Server, invitation: str, email: str, password: str) -> Iterator[httpx.Client]:
    """Make an account with an invitation's token; a session of it. Raises StudioError where Label Studio refuses."""
    values = {"email": email, "password": password, "allow_newsletters": "false"}
    with browser(server, "make an account") as session:
        found = post_form(session, f"/user/signup/?token={invitation}", values)
        if not found.is_redirect:
            exists = "already exists" in found.text
            raise StudioError(
                f"there is an account for {email} already." if exists else f"Label Studio made no account for {email}.",
                where=server.where,
                fix="choose another name." if exists else "check that this server lets people sign up by invitation.",
            )
        yield session


def own_id(session: httpx.Client) -> int:
    """The number of the account that is logged in."""
    return int(session.get("/api/current-user/whoami").raise_for_status().json()["id"])


@contextmanager
def browser(server: Server, doing: str) -> Iterator[httpx.Client]:
    """A browser's session, not logged in; what fails while `doing` (an infinitive) is a StudioError."""
    import httpx

    with (
        translated(doing, server),
        httpx.Client(base_url=server.url, timeout=60, trust_env=server.trusts_environment) as session,
    ):
        yield session


def post_form(session: httpx.Client, page: str, values: dict[str, str]) -> httpx.Response:
    """Fill in a page's form with its token against forgery; it leads elsewhere if Label Studio takes it."""
    session.get(page).raise_for_status()
    token = session.cookies.get("csrftoken", "")
    return session.post(page, data={**values, "csrfmiddlewaretoken": token}, headers={"Referer": str(session.base_url)})
