"""Annotators' accounts in Label Studio: made without a click, known to us by code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotation.door.connection import Server, translated
from annotation.door.session import own_id, sign_up
from annotation.studio.local import Home
from annotation.studio.mend import new_password, set_passwords
from pipeline.errors import InputError, StudioError

if TYPE_CHECKING:
    from label_studio_sdk.client import LabelStudio

DOMAIN = "annotator.invalid"
"""Label Studio wants e-mail addresses. A name alone gets one at this domain, which no mail can ever reach."""
_NAME = re.compile(r"[a-z0-9]([a-z0-9._+-]{0,62}[a-z0-9])?")
_ADDRESS = re.compile(r"[a-z0-9._+-]{1,64}@([a-z0-9-]+\.)+[a-z]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who can log in to Label Studio.

    `code` is how the person is known in tables: made from the account's number, so it is the same for ever and says
    nothing about the person. `password` is there only when it was just made. `last_seen` is ISO 8601, or ``None``.
    """

    user_id: int
    email: str
    code: str
    password: str | None = field(default=None, repr=False)
    last_seen: str | None = None


def code_of(user_id: int) -> str:
    """The code of the person with this account, e.g. ``annotator-7``."""
    return f"annotator-{user_id}"


def address_of(name: str) -> str:
    """The e-mail address that stands for a name; an address stands for itself. Raises InputError for neither."""
    lowered = name.strip().lower()
    if _ADDRESS.fullmatch(lowered) and ".." not in lowered:
        return lowered
    if _NAME.fullmatch(lowered) and ".." not in lowered:
        return f"{lowered}@{DOMAIN}"
    raise InputError(
        f"{name!r} can be no account's name.",
        fix="use letters a to z, digits, and - . _ between them, or an e-mail address.",
    )


def label_link(server: Server, project: int) -> str:
    """The one link annotators need: it serves them task after task, without other people's answers."""
    return f"{server.url}/projects/{project}/data?labeling=1"


def project_number(client: LabelStudio, server: Server, title: str) -> int:
    """The number of the project with this title, the latest if there are several. Raises StudioError for none."""
    with translated("look for the project", server):
        alike: Iterable[Any] = client.projects.list(title=title, page_size=100)
        found = [int(each.id) for each in alike if each.title == title]
    if not found:
        raise StudioError(
            f"there is no project {title!r}.",
            where=server.where,
            fix=f"make it first: onrecord push RUN --project {title!r}; or leave out --project.",
        )
    return max(found)


def add(
    client: LabelStudio,
    server: Server,
    names: Sequence[str],
    *,
    on_account: Callable[[Account], None] = lambda _: None,
) -> list[Account]:
    """Make an account that can log in for each name. `on_account` sees each as soon as it is made.

    Nothing is made unless all names can be. The passwords are nowhere else: show them at once.

    Raises InputError for a name that cannot be or comes twice, StudioError for one that has an account or where the
    server makes none.
    """
    addresses = _addresses(names)
    there = {account.email for account in list_accounts(client, server)}
    if again := [address for address in addresses if address in there]:
        raise StudioError(
            f"there is an account already for: {', '.join(again)}.",
            where=server.where,
            fix="leave them out; who forgot the password gets a new one: onrecord annotators add NAME --new-password",
        )
    with translated("invite annotators", server):
        invitation = client.organizations.invites.get_invite_link().token
    made = []
    for address in addresses:
        password = new_password()
        with sign_up(server, str(invitation), address, password) as session:
            user_id = own_id(session)
        made.append(Account(user_id=user_id, email=address, code=code_of(user_id), password=password))
        on_account(made[-1])
    return made


def renew(
    client: LabelStudio, server: Server, names: Sequence[str], home: Home, environment: Mapping[str, str]
) -> list[Account]:
    """Give people who have an account of the local server new passwords.

    Raises InputError for a name that cannot be or comes twice, StudioError for one without an account or where the
    server is not the local one: another server's passwords are not ours to set.
    """
    if not server.is_local:
        raise StudioError(
            "passwords of this server can be replaced only where it runs.",
            where=server.where,
            fix="run there: label-studio reset_password --username E-MAIL",
        )
    addresses = _addresses(names)
    there = {account.email: account for account in list_accounts(client, server)}
    if unknown := [address for address in addresses if address not in there]:
        raise StudioError(
            f"nobody has an account as: {', '.join(unknown)}.",
            where=server.where,
            fix="see who has: onrecord annotators list; a new account is made without --new-password.",
        )
    if (known := home.read()) and known.email in addresses:
        raise StudioError(
            f"{known.email} is the first account, and its password is known.",
            where=server.where,
            fix="see it: onrecord studio status --show-password",
        )
    passwords = {address: new_password() for address in addresses}
    set_passwords(home, environment, passwords)
    return [
        Account(user_id=there[each].user_id, email=each, code=there[each].code, password=passwords[each])
        for each in addresses
    ]


def list_accounts(client: LabelStudio, server: Server) -> list[Account]:
    """Everybody who has an account, oldest first; passwords are not known."""
    with translated("list the accounts", server):
        users = client.users.list()
    return [
        Account(
            user_id=user.id,
            email=str(user.email or ""),
            code=code_of(user.id),
            last_seen=user.last_activity.isoformat() if user.last_activity else None,
        )
        for user in sorted(users, key=lambda user: user.id)
    ]


def _addresses(names: Sequence[str]) -> list[str]:
    """The addresses that stand for names. Raises InputError for a name that cannot be or comes twice."""
    addresses = [address_of(name) for name in names]
    if twice := next((each for each in addresses if addresses.count(each) > 1), None):
        raise InputError(f"{twice} is there twice.", fix="name everybody once.")
    return addresses
