"""``onrecord evaluate``: score one part of the pipeline on a gold file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipeline.cli.options import AsJson

if TYPE_CHECKING:
    from pipeline.stage import Stage

EXAMPLE = "Example: onrecord evaluate attribution gold.jsonl --json"


Part = Literal["split", "attribution", "speakers", "stance", "sentiment"]

_MODEL_PARTS: dict[str, Literal["stance", "sentiment"]] = {"stance": "stance", "sentiment": "sentiment"}


def evaluate_command(
    part: Annotated[Part, typer.Argument(help="What to score.")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold file, JSON Lines.")],
    errors: Annotated[
        bool, typer.Option("--errors", help="Also list mistakes of attribution or speakers, with their text.")
    ] = False,
    worst: Annotated[int, typer.Option("--worst", metavar="N", min=1, help="How many mistakes --errors lists.")] = 20,
    model: Annotated[
        str,
        typer.Option(
            metavar="MODEL",
            help="For stance and sentiment: embedded, a model folder, org/name@commit, or a YAML file of settings.",
        ),
    ] = "embedded",
    compare: Annotated[
        str | None, typer.Option(metavar="MODEL", help="Another model, compared on the same rows.")
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Draw confusion, reliability and abstaining: .svg, .png or .pdf."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Score splitting, attribution, speakers, stance or sentiment; every score has a 95 % interval.

    Gold rows - split: paras (lists of sentences). attribution: text, attributions (source, cue, content spans, type,
    speech). speakers: text, voices (start, end, speakers: every name that is right, or author). stance, sentiment: text
    (or sentence), target, label (or votes), and start and end of the target, or mentions, if known. Rows and voices
    with an inclusion_probability, as `onrecord gold` writes it, count as one over it.
    """
    if part not in _MODEL_PARTS and (model != "embedded" or compare or plot):
        raise typer.BadParameter("--model, --compare and --plot are for stance and sentiment")
    if part in _MODEL_PARTS:
        from pipeline.cli.evaluate_model import evaluate_model, model_lines

        scores = evaluate_model(_MODEL_PARTS[part], gold, model, compare, plot)
        lines = model_lines(scores)
    else:
        scores = _evaluate(part, gold, worst if errors else 0)
        lines = _lines(scores)
    if as_json:
        typer.echo(json.dumps(scores, ensure_ascii=False))
        return
    for line in lines:
        typer.echo(line)
    if plot:
        typer.echo(f"The plot is in {plot}.")
    typer.echo(f"Next: onrecord evaluate {part} {gold} --json")


def _evaluate(part: Part, gold: Path, errors: int) -> dict[str, Any]:
    if part == "split":
        from pipeline.evaluate.split import evaluate_split

        return evaluate_split(gold)
    from pipeline.attribute.stage import Attribute
    from pipeline.config import Config
    from pipeline.split.stage import Split

    stages: list[Stage] = [Split(), Attribute(Config().attribute)]
    if part == "speakers":
        from pipeline.evaluate.speakers import evaluate_speakers

        return evaluate_speakers(gold, stages, errors=errors)
    from pipeline.evaluate.attribution import evaluate_attribution

    return evaluate_attribution(gold, stages, errors=errors)


def _lines(scores: dict[str, Any], prefix: str = "") -> list[str]:
    """The scores as aligned lines of text: name, value, interval."""
    from reports.inert import for_terminal

    lines = []
    for name, value in scores.items():
        label = f"{prefix}{name}"
        if isinstance(value, dict) and set(value) == {"value", "low", "high"}:
            lines.append(_score_line(label, value))
        elif isinstance(value, dict):
            lines += _lines(value, f"{label}.")
        elif name == "bins":
            lines += [
                _score_line(f"{prefix}{one['from']:.1f}-{one['to']:.1f} ({one['n']})", _right(one)) for one in value
            ]
        elif isinstance(value, list):
            lines += [for_terminal(" | ".join(f"{key} {part}" for key, part in entry.items())) for entry in value]
        else:
            lines.append(f"{label:<44} {('no', 'yes')[value] if isinstance(value, bool) else value}")
    return lines


def _right(one: dict[str, Any]) -> dict[str, float | None]:
    """The share that is right in one bin of confidence, as a score."""
    return {"value": one["right"], "low": one["low"], "high": one["high"]}


def _score_line(label: str, score: dict[str, float | None]) -> str:
    if score["value"] is None:
        return f"{label:<44} undefined: nothing to count"
    return f"{label:<44} {score['value']:.3f}  [{score['low']:.3f}, {score['high']:.3f}]"
