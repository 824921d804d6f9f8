"""Signing in to Label Studio and up, as a browser does: what its tokens cannot do.

Label Studio makes accounts that can log in only through its invitation page, and shows a personal access token only to
somebody logged in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from annotation.door.connection import Server, translated
from pipeline.errors import StudioError

if TYPE_CHECKING:
    import httpx


@contextmanager
def sign_in(server: Server, email: str, password: str) -> Iterator[httpx.Client]:
    """A session that is logged in. Raises StudioError where the password does not fit or the server fails."""
    with _session(server, "log in") as session:
        if not _post_form(session, "/user/login/", {"email": email, "password": password}).is_redirect:
            raise StudioError(
                f"Label Studio does not let {email} in with this password.",
                where=server.where,
                fix="check both; a lost password is replaced with: onrecord annotators add NAME --new-password",
            )
        yield session


@contextmanager
def sign_up(server: Server, invitation: str, email: str, password: str) -> Iterator[httpx.Client]:
    """Make an account with an invitation's token; a session of it. Raises StudioError where Label Studio refuses."""
    values = {"email": email, "password": password, "allow_newsletters": "false"}
    with _session(server, "make an account") as session:
        found = _post_form(session, f"/user/signup/?token={invitation}", values)
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


def legacy_token(session: httpx.Client) -> str:
    """The account's legacy token; it works where the organisation allows legacy tokens."""
    return str(session.get("/api/current-user/token").raise_for_status().json()["token"])


def personal_token(session: httpx.Client) -> str:
    """A new personal access token. Label Studio gives an account one, and shows it once: a second try is refused."""
    return str(post(session, "/api/token/", {}).raise_for_status().json()["token"])


def revoke(session: httpx.Client, token: str) -> None:
    """Make a personal access token of this account useless."""
    post(session, "/api/token/blacklist/", {"refresh": token}).raise_for_status()


def allow_legacy_tokens(session: httpx.Client, allowed: bool) -> None:
    """Let the organisation's legacy tokens work, or not."""
    settings = {"api_tokens_enabled": True, "legacy_api_tokens_enabled": allowed}
    post(session, "/api/jwt/settings", settings).raise_for_status()


def post(session: httpx.Client, path: str, content: dict[str, Any]) -> httpx.Response:
    """Post JSON in a logged-in session."""
    headers = {"X-CSRFToken": session.cookies.get("csrftoken") or "", "Referer": str(session.base_url)}
    return session.post(path, json=content, headers=headers)


@contextmanager
def _session(server: Server, doing: str) -> Iterator[httpx.Client]:
    import httpx

    with (
        translated(doing, server),
        httpx.Client(base_url=server.url, timeout=60, trust_env=server.trusts_environment) as session,
    ):
        yield session


def _post_form(session: httpx.Client, page: str, values: dict[str, str]) -> httpx.Response:
    """Fill in a page's form with its token against forgery; it leads elsewhere if Label Studio takes it."""
    session.get(page).raise_for_status()
    token = session.cookies.get("csrftoken", "")
    return session.post(page, data={**values, "csrfmiddlewaretoken": token}, headers={"Referer": str(session.base_url)})
