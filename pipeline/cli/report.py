"""``onrecord report``: the agreement report, as a page, Markdown, LaTeX and CSV; and ``onrecord report verify``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from pipeline.cli.options import AsJson, LabelNames, Nominal, Resamples, SchemeFile, Seed

if TYPE_CHECKING:
    from reports.judgements.table import Judgements

EXAMPLE = "Example: onrecord report run/ --out report/ --fail-under alpha=.667"
VERIFY_EXAMPLE = "Example: onrecord report verify report/"
_SHOWN = 20
_MAKE = "make"
"""The command behind ``onrecord report RUN``, which users call by no name."""


class ReportGroup(TyperGroup):
    """``report verify DIR`` verifies; ``report`` with anything else makes a report of it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer's own context
        """Name the command where the user did not."""
        return super().parse_args(ctx, args if args[:1] == ["verify"] else [_MAKE, *args])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - typer's own
        """Leave that name out of the usage line."""
        name, command, rest = super().resolve_command(ctx, args)
        return "" if name == _MAKE else name, command, rest


def report_command(
    judgements: Annotated[
        Path,
        typer.Argument(metavar="RUN_OR_FILE", help="A run folder, a table of judgements, or a Label Studio export."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the report.")] = Path("report"),
    fail_under: Annotated[
        str | None,
        typer.Option(
            "--fail-under",
            metavar="alpha=X",
            help="Exit with 1 unless the lower limit of every question's interval reaches X; also percent=X, ac1=X ...",
        ),
    ] = None,
    labels: LabelNames = None,
    nominal: Nominal = False,
    config: SchemeFile = None,
    resamples: Resamples = 2000,
    seed: Seed = 0,
    epsilon: Annotated[
        float, typer.Option("--epsilon", metavar="X", help="For the test whether the model may replace a person.")
    ] = 0.15,
    as_json: Annotated[bool, typer.Option("--json", help="Print report.json as well.")] = False,
) -> None:
    """Write the agreement report: report.html, .md, .tex and .json, with every table as CSV.

    Of a run that nobody has judged, it says only who says what by the machine's labels, which no human has validated.
    Exits with 1 where --fail-under is not reached: a gate for continuous integration. `onrecord report verify DIR`
    computes every number of a report again.
    """
    from pipeline.cli.agree import scheme_of
    from pipeline.errors import ConfigError
    from reports.document.gate import Gate
    from reports.document.provenance import provenance
    from reports.document.render import json_of, names_of, write_report
    from reports.statistics.analysis import analyse

    if not 0 <= epsilon <= 1:
        raise ConfigError(f"--epsilon is {epsilon}.", fix="give it a share of comparisons, from 0 to 1.")
    gate = Gate.parse(fail_under) if fail_under is not None else None
    scheme = scheme_of(labels, nominal, config)
    read, predictions = _read(judgements, scheme)
    report = analyse(read, predictions, seed=seed, resamples=resamples, epsilon=epsilon, progress=_say)
    report["provenance"] = provenance(judgements, out, date=_today(), epsilon=epsilon, scheme=scheme)
    report["provenance"]["files"] = names_of(report)
    written = write_report(report, out, progress=_say)
    if as_json:
        typer.echo(json_of(report), nl=False)
    else:
        for line in _verdicts(report):
            typer.echo(line)
        typer.echo(f"Wrote {len(written)} files. Next: open {out / 'report.html'}")
    if gate and (failures := gate.failures(report)):
        for line in failures:
            typer.echo(_safe(line), err=True)
        raise typer.Exit(1)


def verify_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that `onrecord report` wrote.")],
    judgements: Annotated[
        Path | None, typer.Option("--from", metavar="RUN_OR_FILE", help="The judgements, if they lie elsewhere now.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compute every number of a report again from its judgements and seed; exits with 1 naming what differs."""
    from reports.document.provenance import check_source, scheme_of, source_of
    from reports.document.verify import oracle, read_report, verify

    report = read_report(folder)
    source = judgements or source_of(report, folder)
    found = [*check_source(report, source)]
    read, predictions = _read(source, scheme_of(report))
    found += verify(report, read, predictions, folder, progress=None if as_json else _say)
    checked = "compared with the package krippendorff" if oracle() else "the package krippendorff is not installed"
    if as_json:
        typer.echo(json.dumps({"sound": not found, "differences": found, "oracle": oracle()}, ensure_ascii=False))
    elif found:
        for line in found[:_SHOWN]:
            typer.echo(_safe(line), err=True)
        more = f" ({len(found) - _SHOWN} more not shown)" if len(found) > _SHOWN else ""
        typer.echo(f"The report differs in {len(found)} places from what its judgements give{more}.", err=True)
    else:
        typer.echo(f"Sound: every number and file follows from {_safe(str(source))} ({checked}).")
    if found:
        raise typer.Exit(1)


def _read(path: Path, scheme: Any) -> tuple[Judgements, Judgements | None]:  # noqa: ANN401 - a LabelScheme, or None
    from pipeline.cli.agree import read_some
    from pipeline.store import Run
    from reports.judgements.run_tables import is_judged, no_judgements, read_predictions

    if path.is_dir():
        Run.open(path).require_complete()
    if path.is_dir() and not is_judged(path):
        return no_judgements(path), read_predictions(path, scheme, every_sentence=True)
    return read_some(path, scheme), read_predictions(path, scheme) if path.is_dir() else None


def _verdicts(report: dict[str, Any]) -> list[str]:
    from reports.document.notation import NAMES, estimate
    from reports.document.report_wording import NOT_VALIDATED

    if report["machine"]:
        return [NOT_VALIDATED]
    return [
        _safe(
            f"{name}: {NAMES[each['headline']]} {estimate(each['verdict']['estimate'])} - {each['verdict']['sentence']}"
        )
        for name, each in report["questions"].items()
    ]


def _safe(words: str) -> str:
    from reports.inert import for_terminal

    return for_terminal(words)


def _say(part: str) -> None:
    """Name the part that is being worked on, on a terminal; anywhere else be silent."""
    if sys.stderr.isatty():
        typer.echo(f"... {_safe(part)}", err=True)


def _today() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).date().isoformat()


report_app = typer.Typer(cls=ReportGroup, rich_markup_mode=None, add_completion=False)
report_app.command(_MAKE, epilog=EXAMPLE)(report_command)
report_app.command("verify", epilog=VERIFY_EXAMPLE)(verify_command)
