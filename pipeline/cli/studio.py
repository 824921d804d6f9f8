"""``onrecord studio``: a Label Studio server on this machine, from one command."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson

if TYPE_CHECKING:
    from annotation.door.connection import Server
    from annotation.studio.server import Status
    from pipeline.config import Config

START_EXAMPLE = "Example: onrecord studio start"
STOP_EXAMPLE = "Example: onrecord studio stop"
STATUS_EXAMPLE = "Example: onrecord studio status --show-password"
HOME_VARIABLE = "ONRECORD_STUDIO_HOME"

studio_app = typer.Typer(epilog=START_EXAMPLE, no_args_is_help=True, rich_markup_mode=None, add_completion=False)


def studio_home() -> Path:
    """The folder of the local server: ONRECORD_STUDIO_HOME, or one in the user's own data folder."""
    return Path(os.environ.get(HOME_VARIABLE) or "~/.local/share/onrecord/studio").expanduser()


def the_server(config: Config) -> Server:
    """The Label Studio server that commands work with. Raises StudioError where there is none."""
    from annotation.door.connection import find_server

    return find_server(config.annotation, os.environ, studio_home())


@studio_app.command("start", epilog=START_EXAMPLE)
def start_command(
    port: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, max=65535, help="Port to listen on; the last one, at first 8080."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Start Label Studio on this machine.

    The first time, installs it: 1 GB, a few minutes. It has an environment and a database of its own, listens on
    127.0.0.1 only, and reports to nobody. It goes on running until `onrecord studio stop`.
    """
    from annotation.studio.local import Home
    from annotation.studio.server import start

    home = Home(studio_home())
    with _telling(as_json) as tell:
        running = start(home, os.environ, port=port, progress=tell)
    if as_json:
        found = {"url": running.local.url, "email": running.local.email, "started": not running.already}
        typer.echo(json.dumps(found | {"home": str(home.root)}))
        return
    typer.echo(f"Label Studio {'already runs' if running.already else 'runs'} at {running.local.url}")
    typer.echo(f"Sign in as {running.local.email}; `onrecord studio status --show-password` shows the password.")
    typer.echo("Next: onrecord push RUN --project NAME")


@studio_app.command("stop", epilog=STOP_EXAMPLE)
def stop_command(as_json: AsJson = False) -> None:
    """Stop Label Studio on this machine. All work is kept."""
    from annotation.studio.local import Home
    from annotation.studio.server import stop

    stopped = stop(Home(studio_home()))
    if as_json:
        typer.echo(json.dumps({"stopped": stopped}))
        return
    typer.echo("Label Studio is stopped; all work is kept." if stopped else "No Label Studio server runs here.")
    typer.echo("Next: onrecord studio start")


@studio_app.command("status", epilog=STATUS_EXAMPLE)
def status_command(
    show_password: Annotated[
        bool, typer.Option("--show-password", help="Show the first account's password and token as well.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say whether Label Studio runs on this machine, and where.

    Exits with 1 if it does not answer.
    """
    from annotation.studio.local import Home
    from annotation.studio.server import status

    home = Home(studio_home())
    found = status(home)
    if as_json:
        typer.echo(json.dumps(_described(found, home.root, show_password)))
    else:
        for line in _lines(found, home.root, show_password):
            typer.echo(line)
    if not found.ready:
        raise typer.Exit(1)


def _described(found: Status, root: Path, show_password: bool) -> dict[str, object]:
    known = found.local
    described: dict[str, object] = {
        "installed": found.installed,
        "running": found.running,
        "ready": found.ready,
        "url": known.url if known else None,
        "email": known.email if known else None,
        "process_group": found.group,
        "home": str(root),
        "log": str(root / "server.log"),
    }
    if show_password:
        described |= {"password": known.password if known else None, "token": known.token if known else None}
    return described


def _lines(found: Status, root: Path, show_password: bool) -> Iterator[str]:
    known = found.local
    if found.ready and known:
        yield f"Label Studio runs at {known.url} (process group {found.group})."
    elif found.running:
        yield "Label Studio is being installed or started."
    elif known:
        yield f"Label Studio does not run; its last address was {known.url}."
    else:
        yield "Label Studio was never started here."
    if known:
        yield f"First account: {known.email}"
    if known and show_password:
        yield f"Password: {known.password}"
        yield f"Token: {known.token}"
    yield f"Folder: {root}"
    if found.ready:
        yield "Next: onrecord push RUN --project NAME"
    else:
        yield "Next: onrecord studio status" if found.running else "Next: onrecord studio start"


@contextmanager
def _telling(quiet: bool) -> Iterator[Callable[[str], None]]:
    """Say what is being done: on a terminal with a moving sign, elsewhere the main steps only."""
    if quiet:
        yield lambda _: None
        return
    if not sys.stderr.isatty():
        yield lambda doing: None if doing.startswith("getting ") else typer.echo(f"... {doing}", err=True)
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("looking", spinner="dots") as shown:
        yield shown.update
