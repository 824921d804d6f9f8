"""The model card: what the model was made from, how well it does, how fast it is. No figure is typed by hand."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.evaluate.classification import ClassificationScores
from pipeline.evaluate.intervals import Score
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.model_folder import open_folder
from pipeline.prelabel.onnx_classifier import OnnxClassifier
from pipeline.train.fit import read_mixture
from pipeline.train.make import measure
from pipeline.train.recipe import Recipe
from pipeline.train.sources import read_examples

_ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Pairs judged in a second, the best of three rounds, on so many threads and so many pairs."""

    threads: int
    pairs: int
    per_second: float


def write_card(recipe: Recipe, data: Path, out: Path, *, today: date) -> Path:
    """Measure the model that `make_model` left in `out`, and write its card to ``out/embedded/README.md``."""
    folder = out / "embedded"
    eight, exact = OnnxClassifier(folder), OnnxClassifier(out / "float32")
    sections = [
        _head(recipe, folder),
        _data(recipe, data),
        _scores(recipe, measure(recipe, data, eight), measure(recipe, data, exact)),
        _calibration(recipe, folder),
        _cost(folder, [speed(folder, _sample(recipe, data), threads) for threads in (1, _processors())]),
        _LIMITS,
        _remake(recipe, today),
    ]
    card = folder / "README.md"
    card.write_text("\n\n".join(section.strip() for section in sections) + "\n", encoding="utf-8")
    return card


def speed(folder: Path, pairs: Sequence[Pair], threads: int) -> Speed:
    """Time a model folder on `pairs`, loading left out."""
    classifier = OnnxClassifier(folder, threads=threads)
    classifier.probabilities(pairs[:64])
    seconds = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        classifier.probabilities(pairs)
        seconds.append(time.perf_counter() - start)
    return Speed(threads=threads, pairs=len(pairs), per_second=len(pairs) / min(seconds))


def _sample(recipe: Recipe, data: Path) -> list[Pair]:
    """The news sentences of the recipe's first sentiment gold file."""
    gold = next(gold for gold in recipe.measures.values() if gold.kind == "sentiment")
    return [example.pair for example in read_examples(data / gold.path, gold.kind)]


def _head(recipe: Recipe, folder: Path) -> str:
    model = open_folder(folder)
    questions = "\n".join(f"- `{name}`: {', '.join(labels)}" for name, labels in model.labels.items())
    return f"""---
license: {recipe.licence.lower()}
language: en
base_model: sentence-transformers/all-MiniLM-L6-v2
pipeline_tag: text-classification
---

# The {recipe.name} model of onrecord

Where does a text stand toward a target? One encoder, fine-tuned from {recipe.base_title}; one forward pass answers:

{questions}

Revision `{model.revision}`. The weights are under {recipe.licence}: they are trained on share-alike data. The code that
makes and runs them is Apache-2.0.

The model reads `[CLS] target [SEP] text [SEP]`, with token type 0 for the target and for its mentions in the text, and
its heads read `[CLS]` and the mean of those places."""


def _data(recipe: Recipe, data: Path) -> str:
    lines = [
        f"| {source.title} | {source.licence} | {len(read_examples(data / source.path, source.kind)):,} |"
        for source in recipe.sources.values()
    ]
    parts = [f"| {part.make} | {', '.join(part.sources)} | {part.count:,} |" for part in recipe.mixture]
    return f"""## Data

| data set | licence | rows |
|---|---|---|
{_rows(lines)}

Trained once through {len(read_mixture(recipe, data)):,} examples drawn from them, seed {recipe.schedule.seed}.

No licensed data set has a neutral stance, so neutrals are made: `absent` puts a name from another text in the target's
place, `off_topic` a topic from another text; `claimed` asks real news sentences about a claim on the name in them;
`said` writes short news sentences from patterns; `joined` runs several arguments of one side together.

| made by | from | drawn |
|---|---|---|
{_rows(parts)}"""


def _scores(
    recipe: Recipe,
    eight: Mapping[str, ClassificationScores],
    exact: Mapping[str, ClassificationScores],
) -> str:
    lines = [
        f"| {gold.title} | {eight[name]['n']:,} | {_score(eight[name]['macro_f1'])} "
        f"| {_plain(exact[name]['macro_f1'])} | {_score(eight[name]['accuracy'])} | {_score(eight[name]['ece'])} |"
        for name, gold in recipe.measures.items()
    ]
    return f"""## Scores

With 95 % bootstrap intervals over targets or sentences, for one seed. Development sets: expect somewhat less on texts
of another kind. Nothing was trained on them; those marked *zero-shot* are of kinds that were never trained on.

| gold | rows | macro-F1 | in 32-bit floats | accuracy | calibration error |
|---|---|---|---|---|---|
{_rows(lines)}"""


def _calibration(recipe: Recipe, folder: Path) -> str:
    held = ", ".join(gold.title for gold in recipe.measures.values() if gold.calibrate)
    of = "; ".join(f"{name} {value:.3f}" for name, value in open_folder(folder).temperatures.items())
    return f"""## Calibration

Temperatures, one number for each question: {of}.

They are fitted on {held}; for these sets the calibration error above is of the rows that it was fitted on."""


def _cost(folder: Path, speeds: Sequence[Speed]) -> str:
    size = sum(file.stat().st_size for file in folder.iterdir() if file.suffix != ".md") / 1e6
    lines = [f"| {one.threads} | {one.per_second:,.0f} |" for one in speeds]
    return f"""## Size and speed

{size:.1f} MB on disk for all that inference needs. Speed on {speeds[0].pairs:,} real news sentences, tokenising
included, on {_machine()}, with whatever else it was doing:

| threads | pairs a second |
|---|---|
{_rows(lines)}

The encoder multiplies in 8-bit integers by scales fixed beforehand, and nothing is padded: a text's answer is the same
alone, in any company and order, and with any number of threads."""


_LIMITS = """## Limits

- English, mostly US and UK politics of 2010 to 2020. Names, irony and quotations within quotations mislead it.
- It judges words, not the world: it knows nothing of what a name stands for beyond what its texts said.
- Stance toward a proposition is its weak side, most of all where the text is neutral or the proposition says that
  something is bad. See the scores of the zero-shot sets, and let people correct it.
- The patterns behind `said` were written knowing the seed article and can make sentences very like its quotation (*it
  ought to be scrutinized*, toward an investigation). The answer there is fitted: it shows nothing about other texts.
- Two mixtures were trained and the better on the development sets was kept, so their scores flatter a little.
- It was trained on published news and debate, with the slant that these have. Do not use it to judge people."""


def _remake(recipe: Recipe, today: date) -> str:
    return f"""## Remake it

    onrecord train configs/embedded-model.yaml --data DATA --out FOLDER

The paths in the recipe are relative to DATA. Recipe `{recipe.digest}`, seed {recipe.schedule.seed}.
This card was written by that command on {today.isoformat()}."""


def _rows(lines: Sequence[str]) -> str:
    return "\n".join(lines)


def _score(score: Score) -> str:
    if score["value"] is None:
        return "undefined"
    return f"{score['value']:.3f} ({score['low']:.3f} to {score['high']:.3f})"


def _plain(score: Score) -> str:
    return "undefined" if score["value"] is None else f"{score['value']:.3f}"


def _processors() -> int:
    return os.cpu_count() or 1


def _machine() -> str:
    """The processor's own name and how many there are; no host name."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{_processors()} cores of {names[0] if names else platform.processor() or platform.machine()}"
