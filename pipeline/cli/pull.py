"""``onrecord pull``: people's answers out of Label Studio into the run."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson, PushedProject, PushedRun

if TYPE_CHECKING:
    from annotation.pull.pull import PullResult
    from pipeline.store import Run

EXAMPLE = "Example: onrecord pull runs/seed"


def pull_command(
    run: PushedRun,
    project: PushedProject = None,
    config: Annotated[
        Path | None,
        typer.Option("--config", metavar="FILE", help="Settings in YAML; when left out, those of the push."),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Read everything again, not only what has changed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the run's `annotations` table to what people have answered: made, changed and deleted.

    Only what has changed since the last pull is read. Every version that was ever seen is kept beside.
    """
    from pipeline.store import Run

    opened = Run.open(run)
    try:
        result = pull_into(opened, project, config, full=full)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\nNext: run the same command again: it goes on where it stopped.\n")
        raise typer.Exit(130) from None
    if as_json:
        typer.echo(json.dumps(asdict(result), ensure_ascii=False))
    else:
        _print(result, run)


def pull_into(run: Run, project: str | None, config: Path | None, *, full: bool) -> PullResult:
    """Pull a project into the run, with progress on a terminal."""
    from annotation.kept.state import pushed_state
    from annotation.pull.pull import pull
    from pipeline.cli.push import calls_to, progress, settings_of

    state = pushed_state(run, project)
    settings = settings_of(run, state.pushed().name, config)
    with progress() as say:
        return pull(state, calls_to(settings), full=full, pseudonyms=settings.annotation.pseudonyms, on_progress=say)


def _print(result: PullResult, run: Path) -> None:
    from reports.inert import for_terminal

    skipped = f", {result.skipped:,} skipped" if result.skipped else ""
    lines = [
        f"{result.annotations:,} annotations in the project {result.name!r}{skipped}; since the last pull "
        f"{result.made:,} made, {result.changed:,} changed, {result.deleted:,} deleted."
    ]
    if result.tasks_gone:
        lines.append(f"{result.tasks_gone} tasks were deleted in Label Studio; `onrecord push` would send them again.")
    if result.strangers:
        lines.append(f"{result.strangers} tasks in the project are not of this run, and were left alone.")
    if not result.settled:
        lines.append("People are at work: what came in meanwhile comes with the next pull.")
    lines.append(f"{result.rows:,} rows in {run / 'annotations'}.")
    lines.append(f"Next: onrecord status {run}; onrecord report {run}" if result.rows else f"Next: onrecord pull {run}")
    for line in lines:
        typer.echo(for_terminal(line))
