"""The model card: what the model was made from, how well it does, how fast it is. No figure is typed by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipeline.evaluate.labelled import read_labelled
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.model_folder import open_folder
from pipeline.prelabel.onnx_classifier import OnnxClassifier
from pipeline.train.card_scores import scores_section, seeds_section, table_rows
from pipeline.train.card_text import LESSONS, LIMITS, MAKES, MORE_MAKES, TAUGHT
from pipeline.train.read import read_mixture, read_source
from pipeline.train.recipe import Recipe
from pipeline.train.runs import measure
from pipeline.train.speed import Speed, machine, processors, speed

_PARAGRAPH = "\n\n"
_SAMPLED = 500
"""How many texts of the mixture speed is measured on where the recipe measures on none."""


def write_card(recipe: Recipe, data: Path, out: Path, *, today: date) -> Path:
    """Measure the model that `make_model` left in `out`, and write its card to ``out/embedded/README.md``."""
    folder = out / "embedded"
    eight, exact = OnnxClassifier(folder), OnnxClassifier(out / "float32")
    sections = [
        _head(recipe, folder),
        _data(recipe, data),
        scores_section(recipe, measure(recipe, data, eight), measure(recipe, data, exact)),
        seeds_section(recipe, json.loads((out / "candidates.json").read_text(encoding="utf-8"))),
        _calibration(recipe, folder),
        _cost(folder, [speed(folder, _sample(recipe, data), threads) for threads in (1, processors())]),
        *([LIMITS, LESSONS] if _is_ours(recipe) else []),
        _remake(recipe, today),
    ]
    card = folder / "README.md"
    card.write_text("\n\n".join(section.strip() for section in sections) + "\n", encoding="utf-8")
    return card


def _is_ours(recipe: Recipe) -> bool:
    """Whether the recipe is the embedded model's, which alone `card_text` and its front matter speak of."""
    return recipe.name == "embedded"


def _sample(recipe: Recipe, data: Path) -> list[Pair]:
    """The texts of the recipe's first gold file, of sentiment where there is one; without any, some of its mixture."""
    gold = sorted(recipe.measures.values(), key=lambda measure: measure.kind != "sentiment")
    if not gold:
        return [example.pair for example in read_mixture(recipe, data)[:_SAMPLED]]
    return [row.pair for row in read_labelled(recipe.gold(gold[0], data), gold[0].kind).rows]


def _head(recipe: Recipe, folder: Path) -> str:
    model = open_folder(folder)
    questions = "\n".join(f"- `{name}`: {', '.join(labels)}" for name, labels in model.labels.items())
    base = "base_model: sentence-transformers/all-MiniLM-L6-v2\n" if _is_ours(recipe) else ""
    shared = ": they are trained on share-alike data" if _is_ours(recipe) else ""
    return f"""---
license: {recipe.licence.lower()}
language: en
{base}pipeline_tag: text-classification
---

# The {recipe.name} model of onrecord

Where does a text stand toward a target? One encoder, fine-tuned from {recipe.base_title}; one forward pass
answers:

{questions}

Revision `{model.revision}`. The weights are under {recipe.licence}{shared}. The code that
makes and runs them is Apache-2.0.

The model reads `[CLS] target [SEP] text [SEP]`, with token type 0 for the target and for its mentions in the text, and
its heads read `[CLS]` and the mean of those places."""


def _data(recipe: Recipe, data: Path) -> str:
    stages = [*recipe.earlier(), recipe]
    sources = {name: (stage, source) for stage in stages for name, source in stage.sources.items()}
    lines = [
        f"| {source.title} | {source.licence} | {len(read_source(stage, source, data)):,} |"
        for stage, source in sources.values()
    ]
    makes = [MAKES + MORE_MAKES + TAUGHT] if _is_ours(recipe) else []
    return f"""## Data

| data set | licence | rows |
|---|---|---|
{table_rows(lines)}

{_PARAGRAPH.join([*makes, *(_drawn(stage, data, number) for number, stage in enumerate(stages, start=1))])}"""


def _drawn(recipe: Recipe, data: Path, number: int) -> str:
    """How a stage of training went, for one seed or several, and what was drawn."""
    seeds, folds, weighed = recipe.schedule.seeds, recipe.schedule.folds, bool(recipe.teachers)
    count = f"{len(read_mixture(recipe, data)):,} examples"
    left = f", each without a fold of its own out of {folds} (by sentence or by stance target)" if folds else ""
    start = " from what the stage before made" if recipe.first_stage else ""
    times = f"{len(seeds)} times" if len(seeds) > 1 else "Once"
    weights = (
        f" Teachers: the stages before, weighing {' to '.join(f'{w:g}' for w in recipe.teachers or ())}."
        if weighed
        else ""
    )
    kept = f" Of the weights that it went on from, {recipe.kept:.0%} is kept." if recipe.kept else ""
    parts = [
        f"| {part.make} | {', '.join(part.sources)} | {part.count:,} |"
        + (f" {part.taught or 0:.0%} |" if weighed else "")
        for part in recipe.mixture
    ]
    return f"""Stage {number}. {times}{start} through {count}, seed {", ".join(map(str, seeds))}{left}.{weights}{kept}

| made by | from | drawn |{" of the label, from teachers |" if weighed else ""}
|{"---|" * (4 if weighed else 3)}
{table_rows(parts)}"""


def _calibration(recipe: Recipe, folder: Path) -> str:
    held = ", ".join(gold.title for gold in recipe.measures.values() if gold.calibrate)
    lines = [
        f"| {name} | {of.named:.3f} | {of.topic:.3f} | {of.crowd:.3f} | {', '.join(map('{:+.2f}'.format, of.shift))} |"
        for name, of in open_folder(folder).calibrations.items()
    ]
    return f"""## Calibration

Logits are divided by a temperature, times *n* to the power of *crowd* where the text has *n* names, the target's among
them: the more is named, the less sure is the model. Where the target is a name that stands in the text, a constant is
added for each label, in the order above: what happens to people is reported more often than it is judged.

| | a name in the text | any other target | crowd | added for names |
|---|---|---|---|---|
{table_rows(lines)}

Fitted for each question on the files that ask it: {held}.
For these the calibration error above is of the rows that it was fitted on.{_foreign(recipe)}"""


def _foreign(recipe: Recipe) -> str:
    if recipe.foreign is None:
        return ""
    once, each = recipe.foreign
    return f"""

In the stance toward a proposition of whose words the document has none, the logit of *neutral* gains {once:g}, and
{each:g} for each word of the document: such documents are mostly about something else. The recipe says so; nothing
was fitted."""


def _cost(folder: Path, speeds: Sequence[Speed]) -> str:
    size = sum(file.stat().st_size for file in folder.iterdir() if file.suffix != ".md") / 1e6
    lines = [f"| {one.threads} | {one.per_second:,.0f} |" for one in speeds]
    return f"""## Size and speed

{size:.1f} MB on disk for all that inference needs. Speed on {speeds[0].pairs:,} texts, tokenising
included, on {machine()}, with whatever else it was doing:

| threads | pairs a second |
|---|---|
{table_rows(lines)}

The encoder multiplies in 8-bit integers by scales fixed beforehand, and nothing is padded: a text's answer is the same
alone, in any company and order, and with any number of threads."""


def _remake(recipe: Recipe, today: date) -> str:
    file = "configs/embedded-model.yaml" if _is_ours(recipe) else "RECIPE"
    return f"""## Remake it

    onrecord train {file} --data DATA --out FOLDER

The paths in the recipe are relative to DATA. Recipe `{recipe.digest}`,
seeds {", ".join(map(str, recipe.schedule.seeds))}.
This card was written by that command on {today.isoformat()}."""
