"""``onrecord status``: how far annotation has come, and whether people agree."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.options import AsJson, PushedProject, PushedRun

if TYPE_CHECKING:
    from annotation.kept.progress import Person, Status
    from pipeline.labels import LabelScheme

EXAMPLE = "Example: onrecord status runs/seed --pull"
_FEW = 30
"""With fewer units judged twice, a coefficient says little."""
_LONG = 90
"""Minutes, from which on hours are said."""
_LOW = 0.667
"""Krippendorff's lowest alpha for tentative conclusions (Content Analysis, 2004, p. 241)."""


def status_command(
    run: PushedRun,
    project: PushedProject = None,
    pull: Annotated[bool, typer.Option("--pull", help="First pull what is new.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say who has done how much, how many pages are done, how long the rest takes, and whether people agree.

    As of the last `onrecord pull`; with --pull, as of now.
    """
    from annotation.kept.progress import read_status
    from annotation.kept.state import pushed_state
    from pipeline.cli.push import settings_of
    from pipeline.store import Run

    opened = Run.open(run)
    state = pushed_state(opened, project)
    if pull:
        from pipeline.cli.pull import pull_into

        pull_into(opened, project, None, full=False)
    name = state.pushed().name
    found = read_status(state)
    agreement = agreement_of(run, settings_of(opened, name, None).scheme)
    if as_json:
        about = {"project": name, "url": state.pushed().url, "as_of": state.pulled().when}
        typer.echo(json.dumps({**about, **asdict(found), "agreement": agreement}, ensure_ascii=False))
    else:
        _print(found, agreement, name, state.pulled().when, run)


def agreement_of(run: Path, scheme: LabelScheme) -> dict[str, Any]:
    """For each question: units judged twice or more, agreement and alpha with their intervals, a warning or None.

    Who speaks is among the questions. One that cannot be counted has ``{"undefined": reason}``. All projects of the
    run count together.
    """
    from pipeline.errors import OnrecordError
    from reports.judgements.reading import read_judgements
    from reports.statistics.agreement import headline_key, measure
    from reports.statistics.ratings import ratings

    if not list((run / "annotations").glob("*.parquet")):
        return {}
    try:
        read = read_judgements(run, scheme)
    except OnrecordError as error:
        return {question.name: {"undefined": error.what} for question in scheme.questions}
    found: dict[str, Any] = {}
    for name in read.question.names:
        rated = ratings(read, name)
        key = headline_key(rated)
        estimates = measure(rated)
        units = len(set(rated.unit[rated.overlap()].tolist()))
        found[name] = {
            "units": units,
            "percent": estimates["percent"],
            key: estimates[key],
            "warning": _warning(units, estimates[key]),
        }
    return found


def _warning(units: int, alpha: dict[str, Any]) -> str | None:
    if "undefined" in alpha:
        return None
    if alpha["value"] >= _LOW:
        return None
    if units < _FEW:
        return f"low so far, on only {units} units: look at the differences early"
    return "low: look at the differences, and make the codebook clearer, before going on"


def _print(status: Status, agreement: dict[str, Any], name: str, when: str | None, run: Path) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from reports.inert import for_terminal

    console = Console()
    heading = f"{name}: {status.complete:,} of {status.items:,} pages done" + (f", as of {when}" if when else "")
    console.print(Text(for_terminal(heading), style="bold"))
    if status.people:
        table = Table("annotator", box=None, header_style="dim", pad_edge=False)
        for column in ("done", "skipped", "s/page", "pages/h", "labels kept", "last"):
            table.add_column(column, justify="right")
        for person in status.people:
            table.add_row(*(Text(for_terminal(cell)) for cell in _cells(person)))
        console.print(table)
    for line in [*_lines(status), *_agreement_lines(agreement)]:
        console.print(Text(for_terminal(line)), soft_wrap=True)
    step = f"onrecord report {run}" if status.done else f"onrecord pull {run}"
    console.print(Text(for_terminal(f"Next: {step}")), soft_wrap=True)


def _cells(person: Person) -> list[str]:
    return [
        person.annotator,
        f"{person.done:,}",
        f"{person.skipped:,}",
        _number(person.seconds, "{:.1f}"),
        _number(person.pace, "{:.0f}"),
        _number(person.kept, "{:.0%}"),
        person.last[:16].replace("T", " "),
    ]


def _lines(status: Status) -> list[str]:
    judged = [f"{items:,} {_times(people)}" for people, items in enumerate(status.coverage) if people and items]
    untouched = status.coverage[0] if status.coverage else 0
    spread = judged + [f"{untouched:,} not {'yet' if judged else 'judged yet'}"] * bool(untouched)
    beyond = f", and {status.beyond:,} more by further people" if status.beyond else ""
    lines = [
        f"Pages: {', '.join(spread)}." if spread else "No pages.",
        f"Judgements: {status.done:,} of {status.due:,} wanted{beyond}.{_time_left(status)}",
    ]
    if status.gone:
        lines.append(
            f"Not counted: {status.gone:,} tasks of articles that were edited since, or are gone from the run."
        )
    return lines + ([f"Shown labels kept: {status.kept:.0%}."] if status.kept is not None else [])


def _times(people: int) -> str:
    """How often pages were judged that so many people have judged."""
    return {1: "judged once", 2: "judged twice"}.get(people, f"judged by {people} people")


def _time_left(status: Status) -> str:
    """How long the rest takes one person, in the unit that suits."""
    if not status.pace or not status.left:
        return ""
    minutes = 60 * status.left / status.pace
    if minutes < 1:
        long = "less than a minute"
    elif minutes < _LONG:
        long = f"about {minutes:.0f} minutes"
    else:
        long = f"about {minutes / 60:,.1f} hours"
    return f" At {3600 / status.pace:.0f} s a page, {long} of one person's work are left."


def _agreement_lines(agreement: dict[str, Any]) -> list[str]:
    from pipeline.cli.agree import estimate_line

    lines = []
    for question, found in agreement.items():
        if "undefined" in found:
            lines.append(f"{question}: {found['undefined']}")
            continue
        lines.append(f"{question}: {found['units']:,} units judged twice or more")
        lines += [estimate_line(key, found[key]) for key in found if key not in ("units", "warning")]
        if found["warning"]:
            lines.append(f"  Careful: {found['warning']}.")
    return lines


def _number(value: float | None, form: str) -> str:
    return "-" if value is None else form.format(value)
