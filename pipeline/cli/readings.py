"""``onrecord annotators post``: judgements made elsewhere, into Label Studio in their authors' names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson, PushedProject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotation.door.calls import Calls
    from annotation.push.readings import Posted

EXAMPLE = "Example: onrecord annotators post seeds/annotations.csv --run runs/demo"
_SHOWN = 3


def post_command(
    readings: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="CSV with the columns annotator, question, target, label, text or sentence_id, and maybe occasion.",
        ),
    ],
    run: Annotated[Path, typer.Option("--run", metavar="RUN", help="The run that was pushed.")],
    project: PushedProject = None,
    as_json: AsJson = False,
) -> None:
    """Post judgements made elsewhere, an earlier round's or a demonstration's, each in its annotator's name.

    They go to the first look at a sentence, or to the second where the row's `occasion` is 2. Whoever has no account
    gets one that nobody logs in with. Who has judged a sentence already is left as they are, so the command may be run
    again.
    """
    from annotation.kept.state import pushed_state
    from annotation.push.readings import check_labels, post, read_readings
    from pipeline.cli.push import calls_to, progress, settings_of
    from pipeline.store import Run

    rows = read_readings(readings)
    opened = Run.open(run)
    state = pushed_state(opened, project)
    check_labels(rows, state.settings().scheme, readings)
    calls = calls_to(settings_of(opened, state.pushed().name, None))
    people = _accounts(calls, list(dict.fromkeys(row.annotator for row in rows)))
    with progress() as say:
        posted = post(calls, state.pushed().project_id, rows, people, say)
    if as_json:
        unasked = [{"line": row.line, "question": row.question, "target": row.target} for row in posted.unasked]
        counts = {"made": posted.made, "there": posted.there, "unknown_targets": posted.targets}
        typer.echo(json.dumps({**counts, "unasked": unasked}, ensure_ascii=False))
        return
    _print(posted, len(rows), readings, run)


def _accounts(calls: Calls, annotators: Sequence[str]) -> dict[str, int]:
    """The number of each annotator's account; made where there is none."""
    from annotation.door.accounts import add, address_of, list_accounts

    addresses = {annotator: address_of("-".join(annotator.split())) for annotator in annotators}
    known = {account.email: account.user_id for account in list_accounts(calls.client, calls.server)}
    missing = [address for address in addresses.values() if address not in known]
    if missing:
        known |= {account.email: account.user_id for account in add(calls.client, calls.server, missing)}
    return {annotator: known[address] for annotator, address in addresses.items()}


def _print(posted: Posted, rows: int, readings: Path, run: Path) -> None:
    from reports.inert import for_terminal

    before = f"; {posted.there:,} were there before" if posted.there else ""
    lines = [f"{rows:,} readings: {posted.made:,} annotations posted{before}."]
    if posted.targets:
        by_count = sorted(posted.targets.items(), key=lambda each: -each[1])
        named = ", ".join(f"{target!r} ({number:,})" for target, number in by_count[:_SHOWN])
        more = f" and {len(by_count) - _SHOWN:,} more" if len(by_count) > _SHOWN else ""
        lines.append(
            f"{_left_out(sum(posted.targets.values()))}: the run was not labelled with these targets: {named}{more}. "
            "To have them, label it with these, too, and push it again."
        )
    others = [row for row in posted.unasked if row.target not in posted.targets]
    if others:
        first = ", ".join(f"{readings}:{row.line}" for row in others[:_SHOWN])
        lines.append(f"{_left_out(len(others))}: the project does not ask that question of that sentence: {first}.")
    for line in (*lines, f"Next: onrecord pull {run}"):
        typer.echo(for_terminal(line))


def _left_out(number: int) -> str:
    return f"{number:,} {'reading is' if number == 1 else 'readings are'} left out"
