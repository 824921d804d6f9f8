"""``onrecord push``: a run's sentences into a Label Studio project, for people to label."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from annotation.ahead import Progress
    from annotation.door.calls import Calls
    from annotation.push.result import PushResult, Unapplied
    from pipeline.config import Config
    from pipeline.store import Run

EXAMPLE = "Example: onrecord push runs/seed --project energy --config my.yaml"
_SHOWN = 3
_LONGEST = 40


def push_command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder that `onrecord label` wrote.")],
    project: Annotated[
        str, typer.Option("--project", metavar="NAME", help="The project in Label Studio; made if it is not there.")
    ],
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            help="Settings in YAML, section `annotation`; when left out, those of the last push, or of the run.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Send the run's sentences to people in Label Studio, with the model's labels chosen already.

    Pushing again sends only what is missing, and a later model's labels in place of those shown; answers stay. So after
    any failure, run the same command again. Tasks of articles that were edited or left out since stay as they are.
    """
    from annotation.push.push import push
    from pipeline.store import Run

    opened = Run.open(run)
    settings = settings_of(opened, project, config)
    try:
        with progress() as say:
            result = push(opened, project, settings, calls_to(settings), on_progress=say)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\nNext: run the same command again: it goes on where it stopped.\n")
        raise typer.Exit(130) from None
    if as_json:
        typer.echo(json.dumps(asdict(result), ensure_ascii=False))
    else:
        _print(result, run)


def settings_of(run: Run, project: str | None, config: Path | None) -> Config:
    """The settings to work with: those of a file, else those of the last push to the project, else those of the run.

    Raises ConfigError for a file that does not fit, RunError where what is kept is not this version's.
    """
    from annotation.kept.state import states
    from pipeline.config_file import load_config

    if config is not None:
        return load_config(config)
    last = next((state for state in reversed(states(run)) if project in (None, state.pushed().name)), None)
    return run.settings() if last is None else last.settings()


def calls_to(config: Config) -> Calls:
    """The calls to the server that the settings, the environment or the local server name."""
    from annotation.door.calls import Calls
    from annotation.door.connection import connect
    from pipeline.cli.studio import the_server

    server = the_server(config)
    return Calls(connect(server), server)


@contextmanager
def progress() -> Iterator[Callable[[Progress], None]]:
    """Show progress on a terminal; anywhere else be silent."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich import progress as bars
    from rich.console import Console

    columns = [bars.BarColumn(), bars.TextColumn("{task.description}"), bars.TimeElapsedColumn()]
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(at: Progress) -> None:
            of = f" of {at.total:,}" if at.total is not None else ""
            count = f" {at.done:,}{of}" if at.done or at.total else ""
            bar.update(task, completed=at.done, total=at.total, description=f"{at.doing}{count}")

        yield show


def _print(result: PushResult, run: Path) -> None:
    from reports.inert import for_terminal

    new = "a new project" if result.created else "the project"
    lines = [
        f"{_what(result)} in {new} {result.name!r}: {result.sent:,} sent, {result.there:,} there before; "
        f"{result.blind:,} blind."
    ]
    if result.model_version:
        replaced = f"; {result.predictions:,} pre-labels replaced" if result.predictions else ""
        lines.append(f"Pre-labels: {result.model_version}{replaced}.")
    if result.copies:
        lines.append(f"{result.copies} tasks had come twice, and were removed.")
    if result.strangers:
        lines.append(f"{result.strangers} tasks in the project are not of this run, and are left alone.")
    lines += [*_gone_lines(result), *(_unapplied_line(each) for each in result.unapplied)]
    lines += [f"Label here: {result.link}", f"Next: onrecord annotators add NAME --project {shlex.quote(result.name)}"]
    lines.append(f"      onrecord pull {run}   when people have begun")
    for line in lines:
        typer.echo(for_terminal(line))


def _what(result: PushResult) -> str:
    """What the project asks people about, and on how many pages where that is another number."""
    from reports.document.notation import plural

    sentences = plural(result.sentences, "sentence")
    looks = f" and {plural(result.second_looks, 'second look')}" if result.second_looks else ""
    pages = f", {plural(result.items, 'page')}" if result.items != result.sentences else ""
    return sentences + looks + pages


def _gone_lines(result: PushResult) -> list[str]:
    """What became of sentences that the run does not have any more as they were sent."""
    if not result.gone:
        return []
    articles = result.gone_articles
    more = f" and {len(articles) - _SHOWN:,} more" if len(articles) > _SHOWN else ""
    tasks, are = ("task", "is left as it is") if result.gone == 1 else ("tasks", "are left as they are")
    whose = "1 article that was" if len(articles) == 1 else f"{len(articles):,} articles that were"
    named = ", ".join(articles[:_SHOWN])
    return [f"{result.gone:,} {tasks} of {whose} edited or left out since {are}: {named}{more}."]


def _unapplied_line(each: Unapplied) -> str:
    """Which setting what was sent does not follow, and how to have it for all."""
    before, now = (_short(value) for value in (each.sent_under, each.now))
    stay = "1 task stays as it was" if each.tasks == 1 else f"{each.tasks:,} tasks stay as they were"
    mixed = " Two draws are mixed now, so weights are not exact." if each.setting == "annotation.seed" else ""
    return (
        f"Careful: {each.setting} was {before} and is {now}. It applies to {each.applies_to}: {stay} sent.{mixed} "
        "To have it for all, push under another --project name."
    )


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
