"""The scores in a card measured anew, by ``python -m pipeline.train.rescore RECIPE DATA FOLDER``.

For when code around a model changed how it is asked or calibrated, and its weights did not. What needs the weights of
training (the column in 32-bit floats, the table over seeds) stays as it was measured then.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import ModelError, Place
from pipeline.evaluate.classification import ClassificationScores
from pipeline.prelabel.onnx_classifier import OnnxClassifier
from pipeline.train.card_scores import score_row
from pipeline.train.recipe import Recipe, load_recipe
from pipeline.train.runs import measure


def rescored(card: str, recipe: Recipe, scores: Mapping[str, ClassificationScores]) -> str:
    """The card with `scores`, by the recipe's names for its gold files, in the rows of its table of scores."""
    before, heading, rest = card.partition("\n## Scores\n")
    table, under, after = rest.partition("\n### ")
    lines = table.split("\n")
    for name, gold in recipe.measures.items():
        old = score_row(gold, scores[name], "").split("|")[1]
        places = [place for place, line in enumerate(lines) if line.startswith(f"|{old}|")]
        if len(places) != 1:
            raise ModelError(f"the card has no row for {old.strip()}.", fix="write it anew with `onrecord train`.")
        exact = lines[places[0]].split("|")[4].strip()
        lines[places[0]] = score_row(gold, scores[name], exact)
    return before + heading + "\n".join(lines) + under + after


def rescore(recipe: Recipe, data: Path, folder: Path) -> None:
    """Measure a model folder on the recipe's gold files and write what comes out into its card."""
    card = folder / "README.md"
    if not card.is_file():
        raise ModelError("the model has no card.", where=Place(path=folder), fix="make it with `onrecord train`.")
    text = card.read_text(encoding="utf-8")
    card.write_text(rescored(text, recipe, measure(recipe, data, OnnxClassifier(folder))), encoding="utf-8")


if __name__ == "__main__":
    given, data_folder, model_folder = map(Path, sys.argv[1:])
    rescore(load_recipe(given), data_folder, model_folder)
