"""``onrecord label``: news text in; sentences, speakers, stance and sentiment out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson, SettingsFile

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.engine.inline import Progress
    from pipeline.ingest import Columns

EXAMPLE = "Example: onrecord label article.txt --target 'Elon Musk' --target 'a probe into the talks'"


def label_command(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Files (text, JSONL, CSV, Parquet, HTML), folders, globs, or the name of a Hub data set.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="RUN",
            help="Run folder to write. When left out: runs/NAME after the one input, runs/NAME-and-2-more after the "
            "first of three.",
        ),
    ] = None,
    config: SettingsFile = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            metavar="T",
            help="A name or a proposition to find the stance toward; may be repeated. It is a name where all words of "
            "more than three letters begin with a capital, six words at most; else a proposition, which is asked for "
            "stance alone. The settings can say otherwise: `prelabel.targets: [{name: T, kind: proposition}]`. "
            "When left out: the people and organisations each article names most.",
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="Stop after N articles.")] = None,
    as_json: AsJson = False,
) -> None:
    """Split articles into sentences, find who says each, and pre-label stance and sentiment toward targets.

    Needs no settings, no network and no GPU. Stop it at any time: the same command goes on where it stopped.
    """
    from pipeline.cli.label_words import print_columns, print_json, print_summary
    from pipeline.config_file import load_config
    from pipeline.labelling import label

    settings = _with_targets(load_config(config), target or [])
    _announce(settings, as_json=as_json)
    folder = out or Path("runs") / _name_of(inputs)
    columns: list[Columns] = []
    try:
        with _progress(limit) as on_progress:
            labelled = label(
                inputs,
                folder,
                settings,
                limit=limit,
                on_progress=on_progress,
                on_columns=columns.append if as_json else print_columns,
                on_changes=_teller(folder),
            )
    except KeyboardInterrupt:
        sys.stderr.write(f"Stopped. What is done is kept in {folder}.\nNext: run the same command again to go on.\n")
        raise typer.Exit(130) from None
    if as_json:
        print_json(labelled, settings, columns)
    else:
        print_summary(labelled, settings)


def _with_targets(config: Config, targets: list[str]) -> Config:
    """The settings with the targets of the command line in place of their own, if any were given."""
    from pydantic import ValidationError

    from pipeline.config import TargetConfig
    from pipeline.errors import ConfigError
    from pipeline.labels import target_from_words

    if not targets:
        return config
    chosen = list({target.name: target for target in map(target_from_words, targets)}.values())
    try:
        settings = [TargetConfig(name=target.name, kind=target.kind) for target in chosen]
    except ValidationError as error:
        raise ConfigError(
            "a target has no letter or digit in it.", fix="name one, such as --target 'Elon Musk'."
        ) from error
    return config.model_copy(update={"prelabel": config.prelabel.model_copy(update={"targets": settings})})


def _announce(config: Config, *, as_json: bool) -> None:
    """Say what each target was taken for, before hours go by, and which may be one that was written in two ways."""
    from pipeline.cli.label_words import asked_of
    from reports.inert import for_terminal

    seen: dict[str, str] = {}
    for target in config.targets:
        if (earlier := seen.setdefault(target.name.casefold(), target.name)) != target.name:
            what = f"Note: the targets {earlier!r} and {target.name!r} differ only in case; each is asked about.\n"
            sys.stderr.write(for_terminal(what))
    if config.targets and not as_json:
        told = ", ".join(
            f"{name} ({kind}: {' and '.join(asked) or 'asked nothing'})" for name, kind, asked in asked_of(config)
        )
        typer.echo(for_terminal(f"Targets: {told}"))


def _teller(folder: Path) -> Callable[[list[str]], None]:
    """Says which settings an earlier run in the folder was made with others of: what they bear on is made again."""

    def tell(changed: list[str]) -> None:
        from reports.inert import for_terminal

        what = f"Note: {folder} was labelled with other settings ({', '.join(changed)})."
        sys.stderr.write(
            for_terminal(f"{what} What they bear on is made again in its place; another --out keeps both.\n")
        )

    return tell


def _name_of(inputs: list[str]) -> str:
    """A name for the run folder: the first input's last part, without ending, in safe characters, and how many more."""
    first = inputs[0]
    stem = Path(first.rstrip("/*?")).resolve().stem if first.strip("/*?.") else "articles"
    name = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in stem).strip("-.") or "run"
    return f"{name}-and-{len(inputs) - 1}-more" if len(inputs) > 1 else name


@contextmanager
def _progress(limit: int | None) -> Iterator[Callable[[Progress], None]]:
    """Show progress on a terminal; anywhere else be silent."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich import progress as bars
    from rich.console import Console

    columns = [bars.BarColumn(), bars.TextColumn("{task.description}"), bars.TimeElapsedColumn()]
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=limit)

        def show(progress: Progress) -> None:
            again = f", {progress.reused} done before" if progress.reused else ""
            doing = f"{progress.articles} articles{again}: {progress.doing}"
            bar.update(task, completed=progress.articles, description=doing)

        yield show
