"""Verify a report: compute every number again from the judgements and the seed, and every file from the numbers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import InputError, Place
from reports.document.render import JSON, files_of, texts_of
from reports.judgements.table import Judgements
from reports.statistics.analysis import analyse
from reports.statistics.ratings import ratings

TOLERANCE = 1e-9
_LEVELS = {"alpha_nominal": "nominal", "alpha_ordinal": "ordinal", "alpha_interval": "interval"}
_APART = frozenset({"source", "where"})
"""Fields that say where the judgements lay, which may be elsewhere now."""


def read_report(folder: Path) -> dict[str, Any]:
    """The report.json of a report's folder. Raises InputError where there is none, or something else."""
    path = folder / JSON
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            "there is no report that could be read.",
            where=Place(path=path),
            fix="name the folder that `onrecord report` wrote.",
        ) from error
    if not isinstance(found, dict) or found.get("format") != 1 or "input" not in found:
        raise InputError(
            "this is no report of a format that is known here (1).",
            where=Place(path=path, field="format"),
            fix="make the report again with this version of onrecord.",
        )
    return found


def verify(
    report: Mapping[str, Any],
    judgements: Judgements,
    predictions: Judgements | None,
    folder: Path,
    progress: Callable[[str], None] | None = None,
) -> Iterator[str]:
    """Everything in which the report in `folder` differs from what its judgements and its seed give; nothing if sound.

    Numbers may differ by 1e-9, words and files not at all; page and figures are compared where they were drawn by the
    installed version of matplotlib, else they have to be there. Where the package ``krippendorff`` is installed, it
    has to come to the same alphas.
    """
    found = report["input"]
    options = {"epsilon": report["provenance"]["epsilon"]} if "epsilon" in report.get("provenance", {}) else {}
    again = analyse(
        judgements, predictions, seed=found["seed"], resamples=found["resamples"], progress=progress, **options
    )
    said = {key: value for key, value in report.items() if key != "provenance"}
    yield from differences(said, json.loads(json.dumps(again)))
    if progress:
        progress("files")
    drawn_alike = report.get("provenance", {}).get("versions", {}).get("matplotlib") == version("matplotlib")
    files = files_of(report) if drawn_alike else texts_of(report)
    for name, contents in files.items():
        yield from _file(folder / name, contents if name != JSON else None, name)
    for name in report.get("provenance", {}).get("files", ()):
        if name not in files:
            yield from _file(folder / name, None, name)
    if oracle():
        yield from _oracle(report, judgements)


def differences(said: Any, again: Any, place: str = "report.json") -> Iterator[str]:  # noqa: ANN401 - JSON
    """Where two JSON values differ, each as ``place: this, computed again that``."""
    if isinstance(said, dict) and isinstance(again, dict):
        for key in [*said, *(key for key in again if key not in said)]:
            if key not in _APART:
                yield from differences(said.get(key, "missing"), again.get(key, "missing"), f"{place} › {key}")
    elif isinstance(said, list) and isinstance(again, list) and len(said) == len(again):
        for number, (one, two) in enumerate(zip(said, again, strict=True)):
            yield from differences(one, two, f"{place} › {number}")
    elif not _alike(said, again):
        yield f"{place}: {_short(said)}, computed again {_short(again)}"


def _alike(said: Any, again: Any) -> bool:  # noqa: ANN401 - JSON
    numbers = (int, float)
    if isinstance(said, numbers) and isinstance(again, numbers) and not isinstance(said, bool):
        return abs(said - again) <= TOLERANCE
    return bool(said == again)


def _short(value: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(value, (list, dict)):
        return f"{len(value)} entries"
    return repr(value) if len(repr(value)) <= 80 else f"{repr(value)[:77]}..."


def _file(path: Path, contents: bytes | None, name: str) -> Iterator[str]:
    """What is wrong with a file of the report; without `contents` it only has to be there."""
    try:
        written = path.read_bytes()
    except OSError:
        yield f"{name}: the file is missing"
        return
    if contents is not None and written != contents:
        yield f"{name}: the file is not what report.json gives"


def oracle() -> bool:
    """Whether the package ``krippendorff`` is there to compare with."""
    return find_spec("krippendorff") is not None


def _oracle(report: Mapping[str, Any], judgements: Judgements) -> Iterator[str]:
    """Alphas that an independent implementation computes differently. Weighted values are ours alone."""
    krippendorff: Any = import_module("krippendorff")
    if report["input"]["weighted"]:
        return
    for name, question in report["questions"].items():
        rated = ratings(judgements, name, weigh=False)
        values = np.arange(len(rated.labels)) if rated.values is None else rated.values
        table = np.full((len(rated.annotators), rated.units), np.nan)
        table[rated.annotator, rated.unit] = values[rated.label]
        for key, level in _LEVELS.items():
            said = question["agreement"][key]
            if "undefined" in said:
                continue
            other = krippendorff.alpha(reliability_data=table, level_of_measurement=level)
            if abs(other - said["value"]) > TOLERANCE:
                yield f"questions › {name} › {key}: {said['value']!r}, the package krippendorff gives {other!r}"
