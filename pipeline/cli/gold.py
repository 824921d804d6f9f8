"""``onrecord gold``: one label per unit from many annotators, fit for evaluating a model or not."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from pipeline.cli.options import AsJson, LabelNames, SchemeFile

EXAMPLE = "Example: onrecord gold runs/demo --question stance --for embedded@b8e6dd9aac8d9ea5 --out gold.jsonl"


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
    model (--for) refuses what was made with that model's output in sight. Of a run, who speaks is written as articles
    with their voices, as `onrecord evaluate speakers` reads them.
    """
    from pipeline.cli.agree import read_some, scheme_of
    from pipeline.errors import InputError, Place
    from pipeline.files import replace_text
    from reports.inert import for_terminal
    from reports.judgements.gold_rows import heard_articles, judged_rows
    from reports.judgements.table import SPEAKER
    from reports.statistics.gold import gold

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
    written: list[dict[str, Any]] = rows
    if judgements.is_dir():
        heard = question == SPEAKER
        written = list(heard_articles(judgements, rows) if heard else judged_rows(judgements, question, rows))
    replace_text(out, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in written))
    units = len(set(read.of(question).unit.codes.tolist()))
    if as_json:
        about = {"path": str(out), "question": question, "method": method, "for": for_model}
        typer.echo(json.dumps(about | {"units": units, "settled": len(rows)}, ensure_ascii=False))
        return
    for line in _lines(rows, units, question, out):
        typer.echo(for_terminal(line))
    if for_model is None and (saw := [row["saw"][0] for row in rows if row["saw"]]):
        seen = shlex.quote(max(saw, key=saw.count)) if "unknown" not in saw else "MODEL"
        typer.echo(
            for_terminal(
                f"In {len(saw)} somebody saw the label of a model, which makes a score of it on them too high; "
                f"without such judgements: --for {seen}"
            )
        )
    typer.echo(for_terminal(f"Next: {_next(question, written, out)}"))


def _next(question: str, written: list[dict[str, Any]], out: Path) -> str:
    """The command that reads what was written: `evaluate`, where it has all that this needs."""
    from pipeline.evaluate.labelled import LABELS

    part = "speakers" if all("voices" in row for row in written) else question
    known = part in LABELS and all({"text", "target"} <= row.keys() and row["label"] in LABELS[part] for row in written)
    if written and (part == "speakers" or known):
        return f"onrecord evaluate {part} {shlex.quote(str(out))}"
    return f"read {out}"


def _lines(rows: list[dict[str, Any]], units: int, question: str, out: Path) -> Iterator[str]:
    yield f"{out}: {len(rows)} of {units} units have one answer to {question!r}."
    if units > len(rows):
        yield f"{units - len(rows)} have none: a tie, too few judgements, or only judgements that do not count."
