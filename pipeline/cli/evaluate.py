"""``onrecord evaluate``: score one part of the pipeline on a gold file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

EXAMPLE = "Example: onrecord evaluate attribution gold.jsonl --json"


Part = Literal["split", "attribution", "stance", "sentiment"]


def evaluate_command(
    part: Annotated[Part, typer.Argument(help="What to score.")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold file, JSON Lines.")],
    errors: Annotated[
        int, typer.Option("--errors", metavar="N", min=0, help="Also list the N worst mistakes of attribution.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Score splitting, attribution, stance or sentiment; every score has a 95 % interval.

    Gold rows - split: paras (lists of sentences). attribution: text, attributions (source, cue, content spans, type,
    speech). stance: text, target, label; or sentence, target, votes. sentiment: sentence, target, start, end, label.
    """
    scores = _evaluate(part, gold, errors)
    if as_json:
        typer.echo(json.dumps(scores, ensure_ascii=False))
        return
    for line in _lines(scores):
        typer.echo(line)
    typer.echo(f"Next: onrecord evaluate {part} {gold} --json")


def _evaluate(part: Part, gold: Path, errors: int) -> dict[str, Any]:
    if part == "split":
        from pipeline.evaluate.split import evaluate_split

        return evaluate_split(gold)
    if part == "attribution":
        return _evaluate_attribution(gold, errors)
    from pipeline.evaluate.classification import evaluate_sentiment, evaluate_stance
    from pipeline.prelabel.stage import load_classifier

    judge = evaluate_stance if part == "stance" else evaluate_sentiment
    return dict(judge(gold, load_classifier("embedded")))


def _evaluate_attribution(gold: Path, errors: int) -> dict[str, Any]:
    from dataclasses import asdict

    from pipeline.attribute.stage import Attribute
    from pipeline.config import Config
    from pipeline.evaluate.attribution import evaluate_attribution, worst_mistakes
    from pipeline.split.stage import Split
    from pipeline.stage import Stage

    stages: list[Stage] = [Split(), Attribute(Config().attribute)]
    scores = evaluate_attribution(gold, stages)
    if errors:
        scores["errors"] = [asdict(mistake) for mistake in worst_mistakes(gold, stages, limit=errors)]
    return scores


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
        elif isinstance(value, list):
            lines += [for_terminal(" | ".join(f"{key} {part}" for key, part in entry.items())) for entry in value]
        else:
            lines.append(f"{label:<36} {value}")
    return lines


def _score_line(label: str, score: dict[str, float | None]) -> str:
    if score["value"] is None:
        return f"{label:<36} undefined: nothing to count"
    return f"{label:<36} {score['value']:.3f}  [{score['low']:.3f}, {score['high']:.3f}]"
