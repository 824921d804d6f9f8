"""``onrecord gold``: one label per unit from many annotators, fit for evaluating a model or not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.cli.options import AsJson, LabelNames, SchemeFile

EXAMPLE = "Example: onrecord gold runs/demo --question stance --for embedded@40263b9f6cf476d5 --out gold.jsonl"


def gold_command(
    judgements: Annotated[
        Path, typer.Argument(metavar="FILE", help="A table of judgements, a Label Studio export, or a run folder.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to write the gold, JSON Lines.")],
    question: Annotated[
        str | None, typer.Option("--question", metavar="NAME", help="Which question; needed where there are several.")
    ] = None,
    method: Annotated[
        Literal["majority", "dawid-skene"], typer.Option("--method", help="How labels become one.")
    ] = "majority",
    ties: Annotated[
        Literal["none", "first", "middle"],
        typer.Option("--ties", help="What a tie gives: no label, or the first or the middle one of the tied labels."),
    ] = "none",
    for_model: Annotated[
        str | None,
        typer.Option("--for", metavar="MODEL", help="Leave out judgements made with this model's output in sight."),
    ] = None,
    least: Annotated[int, typer.Option("--least", metavar="N", min=1, help="Judgements that a unit needs.")] = 1,
    labels: LabelNames = None,
    config: SchemeFile = None,
    as_json: AsJson = False,
) -> None:
    """Settle one label per unit: by majority, or by Dawid and Skene's model of who errs how.

    Each row keeps its annotators, their shares, and the models whose output they saw. Gold for the evaluation of a
    model (--for) refuses what was made with that model's output in sight.
    """
    from pipeline.cli.agree import read_some, scheme_of
    from pipeline.errors import InputError, Place
    from pipeline.files import replace_text
    from reports.statistics.consensus import gold

    read = read_some(judgements, scheme_of(labels, False, config))
    names = read.question.names
    if question is None and len(names) == 1:
        question = names[0]
    if question not in names:
        raise InputError(
            "several questions were asked." if question is None else f"nobody was asked {question!r}.",
            where=Place(path=judgements, field="question"),
            fix=f"choose one with --question: {', '.join(names)}.",
        )
    rows = gold(read, question, method=method, ties=ties, for_model=for_model, least=least)
    if out.exists() and out.samefile(judgements):
        raise InputError(
            "the gold would take the place of the judgements.", where=Place(path=out), fix="give --out another name."
        )
    replace_text(out, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    units = len(set(read.of(question).unit.codes.tolist()))
    if as_json:
        about = {"path": str(out), "question": question, "method": method, "for": for_model}
        typer.echo(json.dumps(about | {"units": units, "settled": len(rows)}, ensure_ascii=False))
        return
    typer.echo(f"{out}: {len(rows)} of {units} units have one answer to {question!r}.")
    if units > len(rows):
        typer.echo(f"{units - len(rows)} have none: a tie, too few judgements, or only judgements that do not count.")
    typer.echo(f"Next: read {out}; each row says who judged it and who saw a model's label")
