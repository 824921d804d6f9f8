"""Sessions in Label Studio that are logged in as a browser is, and what only they can do: tokens and their settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from annotation.door.connection import Server
from annotation.door.session import browser, post_form
from pipeline.errors import StudioError


@contextmanager
def sign_in(server: Server, email: str, password: str) -> Iterator[httpx.Client]:
    """A session that is logged in. Raises StudioError where the password does not fit or the server fails."""
    with browser(server, "log in") as session:
        if not post_form(session, "/user/login/", {"email": email, "password": password}).is_redirect:
            raise StudioError(
                f"Label Studio does not let {email} in with this password.",
                where=server.where,
                fix="check both; a lost password is replaced with: onrecord annotators add NAME --new-password",
            )
        yield session


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
