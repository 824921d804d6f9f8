"""``onrecord label``: news text in; sentences, speakers, stance and sentiment out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson, SettingsFile

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.engine.inline import Progress
    from pipeline.labelling import Labelled
    from pipeline.records import RemarkKind

EXAMPLE = "Example: onrecord label article.txt --target 'Elon Musk' --target 'a probe into the talks'"

_REMARKS: dict[RemarkKind, tuple[str, str]] = {
    "unread_dates": ("a date that cannot be read", "Write dates as YYYY-MM-DD."),
    "same_texts": ("the text of an earlier one, under another id", "Such articles are labelled all the same."),
}
"""What articles have that is remarked on, and what to do or to know of it."""


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
    from pipeline.config_file import load_config
    from pipeline.labelling import label

    settings = _with_targets(load_config(config), target or [])
    _announce(settings, as_json=as_json)
    folder = out or Path("runs") / _name_of(inputs)
    try:
        with _progress(limit) as on_progress:
            labelled = label(inputs, folder, settings, limit=limit, on_progress=on_progress)
    except KeyboardInterrupt:
        sys.stderr.write(f"Stopped. What is done is kept in {folder}.\nNext: run the same command again to go on.\n")
        raise typer.Exit(130) from None
    if as_json:
        _print_json(labelled, settings)
    else:
        _print_summary(labelled, settings)


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
    from reports.inert import for_terminal

    seen: dict[str, str] = {}
    for target in config.targets:
        if (earlier := seen.setdefault(target.name.casefold(), target.name)) != target.name:
            what = f"Note: the targets {earlier!r} and {target.name!r} differ only in case; each is asked about.\n"
            sys.stderr.write(for_terminal(what))
    if config.targets and not as_json:
        told = ", ".join(
            f"{name} ({kind}: {' and '.join(asked) or 'asked nothing'})" for name, kind, asked in _asked(config)
        )
        typer.echo(for_terminal(f"Targets: {told}"))


def _asked(config: Config) -> list[tuple[str, str, list[str]]]:
    """Each target of the settings with its kind and the questions that the model is asked about it."""
    questions = config.prelabelled.questions
    return [
        (target.name, target.kind, [question.name for question in questions if target.kind in question.asked_of])
        for target in config.targets
    ]


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


def _print_json(labelled: Labelled, config: Config) -> None:
    from pipeline.prelabel.foreign import count_foreign

    result = {
        "run": str(labelled.run.path),
        "targets": [{"name": name, "kind": kind, "questions": asked} for name, kind, asked in _asked(config)],
        "counts": labelled.counts,
        "reused": labelled.reused,
        "seconds": labelled.seconds,
        "foreign": [asdict(each) for each in count_foreign(labelled.run, config.targets)],
        "remarks": [asdict(remark) | {"count": labelled.counts[remark.kind]} for remark in labelled.remarks],
        "rejects": [asdict(reject) for reject in labelled.rejects],
    }
    typer.echo(json.dumps(result, ensure_ascii=False))


def _print_summary(labelled: Labelled, config: Config) -> None:
    from pipeline.errors import Place
    from pipeline.prelabel.foreign import count_foreign
    from reports.inert import for_terminal

    counts = labelled.counts
    done_before = f" ({labelled.reused} done before)" if labelled.reused else ""
    typer.echo(
        f"{_many(counts['documents'], 'article')}{done_before}, {_many(counts['sentences'], 'sentence')}, "
        f"{_many(counts['attributions'], 'attribution')}, {_many(counts['predictions'], 'prediction')} "
        f"in {labelled.seconds:.1f} s"
    )
    for name, sentences in _most_heard(labelled):
        typer.echo(f"  {sentences:>7}  {name}")
    for remark in labelled.remarks:
        what, advice = _REMARKS[remark.kind]
        have = f"{_many(counts[remark.kind], 'article')} {'has' if counts[remark.kind] == 1 else 'have'}"
        where = Place(path=remark.file, line=remark.line)
        typer.echo(for_terminal(f"{have} {what} (first: {where} {remark.words[:60]!r}). {advice}"))
    for each in count_foreign(labelled.run, config.targets):
        if each.articles:
            what = f"{_many(each.articles, 'article')} without a word of {each.target!r}"
            typer.echo(for_terminal(f"{what}: {each.sided:,} labels there take a side; check these first."))
    if labelled.rejects:
        first = labelled.rejects[0]
        where = Place(path=first.file, line=first.line)
        rows = _many(len(labelled.rejects), "row")
        typer.echo(for_terminal(f"{rows} could not be used; the first is {where}: {first.reason}\nFix: {first.fix}"))
        typer.echo(f"All are in {labelled.run.path / 'rejects.jsonl'}.")
    typer.echo(f"Next: onrecord show {labelled.run.path}")


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _most_heard(labelled: Labelled, most: int = 10) -> list[tuple[str, int]]:
    """Who speaks most sentences of the run: (name, sentences), most first."""
    from collections import Counter

    from reports.inert import for_terminal

    heard: Counter[str] = Counter()
    for chunk in range(labelled.run.chunks()):
        heard.update(labelled.run.read_table("sentences", chunk, ["speaker"])["speaker"].to_pylist())
    return [(for_terminal(name), count) for name, count in heard.most_common(most)]
