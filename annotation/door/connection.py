"""The connection to Label Studio: is it there, new enough, does it take the token, and what do its refusals mean.

The one module that imports ``label_studio_sdk``. Both kinds of token serve, personal access tokens and legacy tokens;
the SDK tells them apart by their form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from typing import TYPE_CHECKING

from annotation.door.address import Server, find_server, without_page
from annotation.door.refusals import one_line, refusal, unreachable
from pipeline.errors import StudioError

if TYPE_CHECKING:
    from label_studio_sdk.client import LabelStudio

__all__ = ["OLDEST", "Server", "connect", "find_server", "translated"]

OLDEST = (1, 20)
"""The oldest Label Studio that is accepted. Tested: 1.23.2."""
_NOT_LABEL_STUDIO = "give the address that people open Label Studio with, such as http://127.0.0.1:8080."


def connect(server: Server, timeout: float = 600) -> LabelStudio:
    """A client for the server, after making sure that it is Label Studio, new enough, and takes the token.

    `timeout` is in seconds, for one request; imports and exports of a large project take minutes.

    Raises StudioError that says which of these it is not, and the way out.
    """
    _check_version(server, _version(server))
    with translated("sign in with the token", server):
        import httpx
        from label_studio_sdk.client import LabelStudio

        http = httpx.Client(timeout=timeout, follow_redirects=True, trust_env=server.trusts_environment)
        client = LabelStudio(  # type: ignore[no-untyped-call]
            base_url=server.url, api_key=server.token, timeout=timeout, httpx_client=http
        )
        client.users.whoami()
    return client


@contextmanager
def translated(doing: str, server: Server) -> Iterator[None]:
    """Turn what the SDK and httpx raise while `doing` (an infinitive: "import tasks") into a StudioError.

    What the server answered is cut to one line without the token and without the task it may echo. The first error is
    kept as the ``__cause__``, for those who may try again.
    """
    import httpx
    from label_studio_sdk.core.api_error import ApiError
    from label_studio_sdk.core.parse_error import ParsingError

    try:
        yield
    except ApiError as error:
        raise refusal(doing, server, error.status_code or 0, error.body) from error
    except httpx.HTTPStatusError as error:
        raise refusal(doing, server, error.response.status_code, error.response.text) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise unreachable(doing, server, error) from error
    except (ParsingError, JSONDecodeError) as error:
        raise StudioError(
            f"Label Studio's answer cannot be understood, trying to {doing}.",
            where=server.where,
            fix="look whether something stands between, such as a proxy with a page of its own; then run this again.",
        ) from error


def _version(server: Server) -> str:
    """The version of the Label Studio at the server's address. Raises StudioError if there is none."""
    import httpx

    try:
        with httpx.Client(timeout=20, trust_env=server.trusts_environment) as http:
            found = http.get(f"{server.url}/api/version")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise unreachable("answer", server, error) from error
    if found.is_redirect:
        target = one_line(without_page(found.headers.get("location", "")), server)
        raise StudioError(f"this address leads to another: {target}.", where=server.where, fix="give that one.")
    if found.status_code >= 500:
        raise refusal("answer", server, found.status_code, found.text)
    try:
        return str(found.json()["release"])
    except (ValueError, KeyError, TypeError) as error:
        raise StudioError(
            f"what answers here is not Label Studio (HTTP status {found.status_code}).",
            where=server.where,
            fix=_NOT_LABEL_STUDIO,
        ) from error


def _check_version(server: Server, version: str) -> None:
    """Raise StudioError for a version that is too old; one that has no number passes."""
    numbers = tuple(int(number) for number in re.findall(r"\d+", version)[:2])
    if numbers and numbers < OLDEST:
        raise StudioError(
            f"this Label Studio is too old: {one_line(version, server)}.",
            where=server.where,
            fix=f"upgrade it to {'.'.join(map(str, OLDEST))} or later (1.23.2 is tested): pip install -U label-studio",
        )
