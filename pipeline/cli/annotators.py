"""``onrecord annotators``: accounts in Label Studio for the people who label."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson, SettingsFile

if TYPE_CHECKING:
    from label_studio_sdk.client import LabelStudio

    from annotation.door.accounts import Account
    from annotation.door.connection import Server

ADD_EXAMPLE = "Example: onrecord annotators add ann ben --project energy"
LIST_EXAMPLE = "Example: onrecord annotators list"

annotators_app = typer.Typer(epilog=ADD_EXAMPLE, no_args_is_help=True, rich_markup_mode=None, add_completion=False)


@annotators_app.command("add", epilog=ADD_EXAMPLE)
def add_command(
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="Names, or e-mail addresses, to log in with.")],
    project: Annotated[
        str | None,
        typer.Option("--project", metavar="NAME", help="Print this project's labelling link as well."),
    ] = None,
    new_password: Annotated[
        bool, typer.Option("--new-password", help="For people with an account who forgot theirs (local server only).")
    ] = False,
    config: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Make an account for each person, and print it.

    Give people their link, e-mail and password; passwords are printed once and kept nowhere. A name alone becomes an
    address that no mail reaches. Give no other link: this one hides what others answered, other pages do not.
    """
    from annotation.door.accounts import add, label_link, project_number, renew
    from annotation.studio.local import Home
    from pipeline.cli.studio import studio_home

    client, server = _connected(config)
    link = label_link(server, project_number(client, server, project)) if project is not None else None
    made: list[Account] = []
    show = made.append if as_json else lambda account: _show(account, link)
    try:
        if new_password:
            for account in renew(client, server, names, Home(studio_home()), os.environ):
                show(account)
        else:
            add(client, server, names, on_account=show)
    finally:
        if as_json and made:
            typer.echo(json.dumps({"link": link, "accounts": [_described(each) for each in made]}))
    if not as_json:
        typer.echo("These passwords are not shown again: pass them on now.")
        typer.echo("Have people read the guide first: the button Instructions on the labelling page.")
        typer.echo("Next: onrecord status RUN" if link else "Next: onrecord push RUN --project NAME")


@annotators_app.command("list", epilog=LIST_EXAMPLE)
def list_command(config: SettingsFile = None, as_json: AsJson = False) -> None:
    """List who has an account, with the code each is known by in tables."""
    from annotation.door.accounts import list_accounts
    from reports.inert import for_terminal

    client, server = _connected(config)
    found = list_accounts(client, server)
    if as_json:
        typer.echo(json.dumps({"url": server.url, "accounts": [_described(each) for each in found]}))
        return
    wide = max((len(each.email) for each in found), default=0)
    for each in found:
        seen = each.last_seen[:16].replace("T", " ") if each.last_seen else "never"
        typer.echo(for_terminal(f"{each.code:<14} {each.email:<{wide}}  last seen {seen}"))
    typer.echo("Next: onrecord annotators add NAME --project NAME")


def _connected(config: Path | None) -> tuple[LabelStudio, Server]:
    from annotation.door.connection import connect
    from pipeline.cli.studio import the_server
    from pipeline.config_file import load_config

    server = the_server(load_config(config))
    return connect(server), server


def _show(account: Account, link: str | None) -> None:
    typer.echo(f"{account.code}")
    if link:
        typer.echo(f"  link      {link}")
    typer.echo(f"  e-mail    {account.email}")
    typer.echo(f"  password  {account.password}")


def _described(account: Account) -> dict[str, object]:
    described: dict[str, object] = {"code": account.code, "email": account.email, "last_seen": account.last_seen}
    return described | ({"password": account.password} if account.password else {})
