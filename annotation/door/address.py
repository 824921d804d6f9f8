"""Which Label Studio server to work with, and with which token."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from annotation.studio.local import Home
from pipeline.config import AnnotationConfig
from pipeline.errors import Place, StudioError

URL_VARIABLE = "LABEL_STUDIO_URL"
_PAGES = re.compile(r"/(projects|user|api|data|organization|health|version)(/.*)?$")
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A Label Studio server and the token to use it with; the token is in no `repr`.

    `is_local` is true for the server that `onrecord studio` runs. `token_variable` names where another server's token
    was taken from.
    """

    url: str
    token: str = field(repr=False)
    is_local: bool = False
    token_variable: str = "LABEL_STUDIO_API_KEY"

    @property
    def where(self) -> Place:
        """The address, for error messages."""
        return Place(path=self.url)

    @property
    def trusts_environment(self) -> bool:
        """Whether to reach it through the proxy that the environment may name: not on this machine."""
        return urlsplit(self.url).hostname not in {"127.0.0.1", "localhost", "::1"}


def find_server(settings: AnnotationConfig, environment: Mapping[str, str], home: Path) -> Server:
    """The server to work with: the configured one, else that of ``LABEL_STUDIO_URL``, else the local one in `home`.

    Raises StudioError where there is none, the address is not one, the token is missing, or the local server does not
    run.
    """
    url = settings.url or environment.get(URL_VARIABLE, "")
    known = Home(home).read()
    if not url.strip():
        if known is None:
            raise StudioError(
                "there is no Label Studio server to work with.",
                fix=f"start one here: onrecord studio start; or set {URL_VARIABLE} and {settings.token_variable}.",
            )
        if not Home(home).busy():
            raise StudioError(
                "the local Label Studio server is not running.",
                where=Place(path=known.url),
                fix="start it: onrecord studio start",
            )
        return Server(url=known.url, token=known.token, is_local=True)
    address = _address(url, "annotation.url" if settings.url else URL_VARIABLE)
    token = environment.get(settings.token_variable, "").strip()
    if not token and known is not None and known.url == address:
        return Server(url=known.url, token=known.token, is_local=True)
    if not token:
        raise StudioError(
            f"there is no token for the Label Studio server: {settings.token_variable} is not set.",
            where=Place(path=address),
            fix="in Label Studio, open the menu at the top right, Account & Settings, Personal Access Token; then "
            f"export {settings.token_variable}=<the token>.",
        )
    if not token.isascii() or not token.isprintable() or " " in token:
        raise StudioError(
            f"{settings.token_variable} does not hold a token: it has blanks or other signs no token has.",
            where=Place(path=address),
            fix=f"copy the token again, alone, into {settings.token_variable}.",
        )
    return Server(url=address, token=token, token_variable=settings.token_variable)


def _address(url: str, origin: str) -> str:
    """The server's address from what somebody typed or copied. Raises StudioError if it is none."""
    url = url.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host:
        guess = f", perhaps http://{url}" if re.fullmatch(r"[\w.-]+(:\d+)?(/.*)?", url) else ""
        raise StudioError(
            f"{origin} is not the address of a server: {url[:_LONGEST]!r}.",
            fix=f"give the whole address, such as http://127.0.0.1:8080{guess}.",
        )
    if parts.username or parts.password:
        raise StudioError(
            f"{origin} has a user name or password in it.",
            where=Place(path=host),
            fix="give the address without them; the token alone opens Label Studio.",
        )
    return without_page(f"{parts.scheme}://{parts.netloc}{parts.path}")


def without_page(url: str) -> str:
    """An address without the page of Label Studio that it was copied from."""
    return _PAGES.sub("", url.split("?", maxsplit=1)[0]).rstrip("/")
