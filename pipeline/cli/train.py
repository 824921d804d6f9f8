"""``onrecord train``: remake the embedded model, or make another, from a recipe."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

EXAMPLE = "Example: onrecord train configs/embedded-model.yaml --data DATA --out my-model"


def train_command(
    recipe: Annotated[Path, typer.Argument(metavar="RECIPE", help="What to train on and how, in YAML.")],
    data: Annotated[Path, typer.Option(metavar="DIR", help="Folder that the recipe's files are in.")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where checkpoints and the model go.")],
    init: Annotated[
        str | None,
        typer.Option(
            metavar="MODEL", help="Go on from this model: a folder, or `embedded`. Else from the recipe's base."
        ),
    ] = None,
) -> None:
    """Train, quantise, calibrate and measure a stance and sentiment model, and write its card.

    Needs the extra `torch`. Stop it at any time: the same command goes on where it stopped, to the same result.
    """
    from pipeline.errors import MissingExtraError

    try:
        from pipeline.train.card import write_card
        from pipeline.train.make import make_model
        from pipeline.train.precision import has_bfloat16
        from pipeline.train.recipe import check_stages, load_recipe
    except ModuleNotFoundError as error:
        raise MissingExtraError(f"training needs {error.name}.", extra="torch") from error

    plan = load_recipe(recipe)
    if plan.schedule.precision == "bfloat16" and not has_bfloat16():
        sys.stderr.write(
            "Note: nothing here multiplies in bfloat16, so it is emulated, many times slower than float32 would be "
            "(schedule.precision).\n"
        )
    if init is not None:
        plan = plan.model_copy(update={"base": init, "base_title": init, "first_stage": None})
        check_stages(plan, recipe)
    folder = make_model(plan, data, out, _Reporter())
    card = write_card(plan, data, out, today=date.today())
    typer.echo(f"The model is in {folder}, its card in {card}.")
    typer.echo(f"Next: set prelabel.model: {folder} in your configuration")


class _Reporter:
    """Shows how training goes, on one line that is written over."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._first: int | None = None

    def __call__(self, step: int, steps: int, loss: float) -> None:
        """Show the step, the loss and the minutes that are left at this pace, on a terminal; else be silent."""
        if not sys.stderr.isatty():
            return
        now = time.monotonic()
        if self._first is None:
            self._first, self._start = step, now
        left = (steps - step) * (now - self._start) / max(1, step - self._first) / 60
        sys.stderr.write(f"\rstep {step} of {steps}, loss {loss:.3f}, {left:.0f} minutes left ")
        sys.stderr.write("\n" if step >= steps else "")
        sys.stderr.flush()
