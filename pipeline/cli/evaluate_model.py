"""What ``onrecord evaluate stance|sentiment`` does: score one model, or two side by side, and lay it out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typer

if TYPE_CHECKING:
    from pipeline.config import PrelabelConfig
    from pipeline.evaluate.classification import ClassificationScores
    from pipeline.evaluate.intervals import Score


def evaluate_model(
    part: Literal["stance", "sentiment"], gold: Path, model: str, other: str | None, plot: Path | None
) -> dict[str, Any]:
    """Score `model` on a gold file, compare it with `other` and draw both where that is asked for."""
    from pipeline.evaluate.charts import Evaluated, check_plot, draw
    from pipeline.evaluate.classification import compare, score
    from pipeline.evaluate.judging import Judged, judge
    from pipeline.evaluate.labelled import read_labelled
    from pipeline.evaluate.latency import TimedClassifier
    from pipeline.prelabel.load import load_classifier

    if plot:
        check_plot(plot)
    read = read_labelled(gold, part)
    pairs = [row.pair for row in read.rows]
    judged: list[Judged] = []
    found: list[dict[str, Any]] = []
    drawn: list[Evaluated] = []
    for name in (model, other) if other else (model,):
        classifier = TimedClassifier(load_classifier(settings_of(name)))
        judged.append(judge(read.rows, classifier, part))
        scores = score(judged[-1], dropped=read.dropped)
        revision = f"{classifier.name}@{classifier.revision}"
        drawn.append(Evaluated(revision, scores))
        found.append({"model": revision, **scores, "latency": classifier.latency(pairs)})
    result = found[0]
    if other:
        result = {**result, "compared_with": found[1], "difference": compare(judged[0], judged[1])}
    if plot:
        draw(plot, f"{part.capitalize()} on {gold.name}", drawn)
    return result


def settings_of(model: str) -> PrelabelConfig:
    """Settings from what stands after ``--model``: embedded, a folder, org/name@commit, or a file of settings."""
    from pipeline.config import PrelabelConfig
    from pipeline.config_file import load_config

    if not model.strip():
        raise typer.BadParameter("--model and --compare need a model's name: embedded, a folder, or org/name@commit.")
    if model.endswith((".yaml", ".yml")):
        return load_config(Path(model)).prelabel
    name, at, revision = model.rpartition("@")
    if at and not Path(model).exists():
        return PrelabelConfig(model=name, revision=revision)
    return PrelabelConfig(model=model)


def model_lines(scores: dict[str, Any]) -> list[str]:
    """The scores of a model, and of the one it was compared with, as lines of text."""
    from reports.inert import for_terminal

    return [for_terminal(line) for line in _lines(scores)]


def _lines(scores: dict[str, Any]) -> Iterator[str]:
    yield from _one_model(scores)
    if "compared_with" in scores:
        yield ""
        yield from _one_model(scores["compared_with"])
        yield ""
        yield from _difference(scores["difference"])


def _one_model(scores: Any) -> Iterator[str]:  # noqa: ANN401
    ruled = f", {scores['by_rule']:,} of them by rule: they do not mention their target" if scores["by_rule"] else ""
    dropped = f", and {scores['dropped']:,} without a majority of votes" if scores["dropped"] else ""
    weighted = ", each as one over its probability of being drawn" if scores["weighted"] else ""
    speed = scores["latency"]
    yield f"{scores['model']} on {scores['n']:,} rows{ruled}{dropped}"
    yield f"  macro-F1           {interval(scores['macro_f1'])}{weighted}"
    yield f"  accuracy           {interval(scores['accuracy'])}{weighted and ', likewise'}"
    yield f"  calibration error  {interval(scores['ece'])}"
    yield f"  risk, mean         {interval(scores['risk_coverage']['area'])}"
    yield (
        f"  speed              {speed['pairs_per_second']:.0f} pairs a second; "
        f"one alone {speed['ms_p50']:.1f} ms, 95 in 100 under {speed['ms_p95']:.1f} ms"
    )
    yield ""
    yield from _labels(scores)
    yield ""
    yield from _confusion(scores["confusion"])
    yield ""
    yield from _certainty(scores)


def _labels(scores: ClassificationScores) -> Iterator[str]:
    yield f"  {'label':<12}{'precision':<22}{'recall':<22}{'F1':<22}".rstrip()
    for label, of in scores["per_label"].items():
        cells = (interval(of["precision"]), interval(of["recall"]), interval(of["f1"]))
        yield f"  {label:<12}{''.join(f'{cell:<22}' for cell in cells)}".rstrip()


def _confusion(table: dict[str, dict[str, int]]) -> Iterator[str]:
    yield f"  {'people said':<12}" + "".join(f"{label:>10}" for label in table) + "  (answered)"
    for label, answers in table.items():
        yield f"  {label:<12}" + "".join(f"{count:>10,}" for count in answers.values())


def _certainty(scores: ClassificationScores) -> Iterator[str]:
    yield f"  {'probability':<16}{'rows':>8}{'sure':>8}{'right':>8}"
    for one in scores["reliability"]:
        span = f"{one['low']:.2f} to {one['high']:.2f}"
        yield f"  {span:<16}{one['n']:>8,}{one['confidence']:>8.3f}{one['accuracy']:>8.3f}"
    yield ""
    yield f"  {'answer only if':<16}{'answered':>8}{'':>4}accuracy"
    for point in scores["risk_coverage"]["points"]:
        least = f"p >= {point['threshold']:.3f}"
        yield f"  {least:<16}{100 * point['coverage']:>7.0f}%{'':>4}{interval(point['accuracy'])}"


def _difference(difference: Any) -> Iterator[str]:  # noqa: ANN401
    yield "first minus second, on the same rows (an interval without 0: they differ)"
    names = {"macro_f1": "macro-F1", "accuracy": "accuracy", "ece": "calibration error", "risk_area": "risk, mean"}
    for name, words in names.items():
        yield f"  {words:<18} {interval(difference[name], signed=True)}"
    yield f"  only the first is right on {difference['only_first_right']:,} rows, only the second on " + (
        f"{difference['only_second_right']:,}"
    )


def interval(score: Score, *, signed: bool = False) -> str:
    """A score and its interval, to three digits."""
    value, low, high = score["value"], score["low"], score["high"]
    if value is None or low is None or high is None:
        return "undefined"
    sign = "+" if signed else ""
    return f"{value:{sign}.3f} [{low:{sign}.3f}, {high:{sign}.3f}]"
