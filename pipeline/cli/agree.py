"""``onrecord agree``: how much annotators agree, with intervals."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.options import AsJson, LabelNames, Nominal, Resamples, SchemeFile, Seed

if TYPE_CHECKING:
    from pipeline.labels import LabelScheme
    from reports.judgements.table import Account, Judgements
    from reports.statistics.ratings import Ratings

EXAMPLE = "Example: onrecord agree votes.csv --labels favor,neutral,against"
_LABELS = 12
"""So many labels of a question are printed with their counts."""


def agree_command(
    judgements: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="CSV, Parquet or JSON Lines with the columns unit, annotator, label; a Label Studio JSON export; "
            "or a run folder.",
        ),
    ],
    labels: LabelNames = None,
    nominal: Nominal = False,
    config: SchemeFile = None,
    resamples: Resamples = 2000,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """How much annotators agree: the labels counted, and every coefficient with a 95 % interval or why there is none.

    Optional columns: question, article (intervals then draw whole articles), probability (of being drawn), occasion,
    time, skipped. What was left out, and why, goes to the error output.
    """
    from reports.document.notation import plural
    from reports.inert import for_terminal
    from reports.statistics.agreement import measure
    from reports.statistics.intervals import Draws
    from reports.statistics.ratings import ratings

    read = read_some(judgements, scheme_of(labels, nominal, config))
    draws = Draws(resamples=resamples, seed=seed)
    found = {name: measure(ratings(read, name), draws=draws) for name in read.question.names}
    if as_json:
        counted = {name: {"labels": _counts(ratings(read, name)), **each} for name, each in found.items()}
        typer.echo(json.dumps(counted, ensure_ascii=False))
        return
    for name, coefficients in found.items():
        rated = ratings(read, name)
        overlap = len(set(rated.unit[rated.overlap()].tolist()))
        typer.echo(
            for_terminal(
                f"{name}: {plural(len(rated.unit), 'judgement')} of {plural(rated.units, 'unit')} by "
                f"{plural(len(rated.annotators), 'annotator')}; {plural(overlap, 'unit')} judged twice or more; "
                f"intervals draw {read.clustered_by}s."
            )
        )
        typer.echo(for_terminal(f"  labels: {_counted(_counts(rated))}"))
        for key, estimate in coefficients.items():
            typer.echo(for_terminal(estimate_line(key, estimate)))
    typer.echo(f"Next: {for_terminal(_report_of(judgements, labels, nominal, config))}")


def _counts(rated: Ratings) -> dict[str, int]:
    """How many judgements say each label, in the order of the labels."""
    return dict(zip(rated.labels, map(int, rated.counts().sum(axis=0)), strict=True))


def _counted(counts: dict[str, int]) -> str:
    """Labels with their counts, the first of many."""
    more = len(counts) - _LABELS
    shown = [f"{label} {count:,}" for label, count in list(counts.items())[:_LABELS]]
    return ", ".join(shown) + (f" and {more:,} more" if more > 0 else "")


def _report_of(judgements: Path, labels: str | None, nominal: bool, config: Path | None) -> str:
    """The command that makes the report of the same judgements, read in the same way."""
    words = ["onrecord", "report", str(judgements)]
    words += ["--labels", labels] if labels is not None else []
    words += ["--nominal"] if nominal else []
    words += ["--config", str(config)] if config is not None else []
    return shlex.join(words)


def read_some(path: Path, scheme: LabelScheme | None) -> Judgements:
    """The judgements in `path`; what was left out goes to the error output. InputError where none are left."""
    from pipeline.errors import InputError, Place
    from reports.inert import for_terminal
    from reports.judgements.reading import read_judgements

    read = read_judgements(path, scheme)
    for line in account_lines(read.account):
        typer.echo(for_terminal(line), err=True)
    if not len(read):
        raise InputError(
            f"no judgement is left of {read.account.read} rows.",
            where=Place(path=path),
            fix="give it rows with a unit, an annotator and a label that the scheme has.",
        )
    return read


def scheme_of(labels: str | None, nominal: bool, config: Path | None) -> LabelScheme | None:
    """The label scheme that the options describe; None where the labels are to be taken from the file."""
    from pipeline.errors import ConfigError
    from pipeline.labels import Label, LabelScheme, Question

    if config is not None and (labels is not None or nominal):
        raise ConfigError("--config names the labels, and so do --labels and --nominal.", fix="give one or the other.")
    if config is not None:
        from pipeline.config_file import load_config

        return load_config(config).scheme
    if labels is None:
        if nominal:
            raise ConfigError("--nominal needs the labels.", fix="name them: --labels a,b,c --nominal")
        return None
    names = [name.strip() for name in labels.split(",") if name.strip()]
    if len(set(names)) < max(2, len(names)):
        raise ConfigError("--labels needs two different labels or more.", fix="write them as --labels a,b,c")
    question = Question(
        name="label",
        instruction="",
        labels=tuple(Label(name=name) for name in names),
        level="nominal" if nominal else "ordinal",
    )
    return LabelScheme(questions=(question,))


def account_lines(account: Account) -> list[str]:
    """What was left out and why, one line each, with the first places; nothing where all rows were used."""
    lines = [
        f"left out: {each.count} of {account.read} rows: {each.reason}"
        + (f" (first: {each.examples[0][0]}: {each.examples[0][1]})" if each.examples else "")
        for each in account.left_out
    ]
    return lines + [f"note: {note}" for note in account.notes]


def estimate_line(key: str, estimate: dict[str, Any]) -> str:
    """An estimate as an aligned line of text."""
    if "undefined" in estimate:
        return f"  {key:<17} undefined: {estimate['undefined']}"
    if estimate["low"] is None:
        return f"  {key:<17} {_figure(estimate['value']):>6}  no interval: {estimate['no_interval']}"
    return f"  {key:<17} {_figure(estimate['value']):>6}  [{_figure(estimate['low'])}, {_figure(estimate['high'])}]"


def _figure(value: float) -> str:
    """Three decimals; what rounds to nothing has no sign."""
    return f"{round(value, 3) + 0.0:.3f}"
