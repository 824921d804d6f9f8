"""What a chapter comes to for one question, in a few words: they stand beside the question's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from reports.document.notation import NAMES, coefficient, count, estimate, plural

Analysis = Mapping[str, Any]
_NOTHING = "cannot be said"


def gist(chapter: str, report: Analysis, name: str) -> str:
    """The key figure of a chapter on the question `name`; what judges the question where the chapter has none."""
    question = report["questions"][name]
    if chapter == "conclusions":
        return _corpus(report["conclusions"][name])
    if chapter == "chain":
        return _chain(report["chain"][name])
    return _GISTS.get(chapter, _headline)(question)


def _headline(question: Any) -> str:  # noqa: ANN401 - a part of the analysis
    key = question["headline"]
    return _one(NAMES[key], question["agreement"][key])


def _design(question: Any) -> str:  # noqa: ANN401
    found = question["design"]
    return f"{plural(found['units'], 'unit')}, {count(found['paired_units'])} of them judged twice or more"


def _labels(question: Any) -> str:  # noqa: ANN401
    label, found = max(question["distribution"]["everyone"].items(), key=lambda each: each[1].get("value", -1.0))
    return _one(f"most often {label},", found, "share")


def _choices(question: Any) -> str:  # noqa: ANN401
    found = question["specification"]
    return _NOTHING if "undefined" in found else _range("agreement", (found["lowest"], found["highest"]))


def _categories(question: Any) -> str:  # noqa: ANN401
    return _range("α by label", _values(each["alpha"] for each in question["per_category"].values()))


def _people(question: Any) -> str:  # noqa: ANN401
    kappas = (each["one_against_rest"]["kappa"] for each in question["annotators"].values())
    return _range("κ against the others", _values(kappas))


def _anchoring(question: Any) -> str:  # noqa: ANN401
    found = question["anchoring"]
    return _one("pre-label given, shown − blind", found.get("acceptance", {}).get("effect", found), "share")


def _model(question: Any) -> str:  # noqa: ANN401
    score = question["model"].get("score", question["model"])
    return _one("right", score.get("accuracy", score), "share")


def _calibration(question: Any) -> str:  # noqa: ANN401
    found = question["model"].get("calibration", question["model"])
    return _one("calibration error", found.get("error", found))


def _disagreements(question: Any) -> str:  # noqa: ANN401
    return f"{plural(len(question['disagreements']), 'unit')} shown"


def _consensus(question: Any) -> str:  # noqa: ANN401
    found = question["consensus"]
    return f"{count(sum(found['majority'].values()))} of {plural(found['units'], 'unit')} have a majority"


def _precision(question: Any) -> str:  # noqa: ANN401
    found = question["precision"]
    return _NOTHING if "undefined" in found else f"±{coefficient(found['now']['half_width'])} now"


def _corpus(found: Any) -> str:  # noqa: ANN401
    if "undefined" in found:
        return _NOTHING
    shares = found["groups"]["all"][0]["labels"]
    label = max(shares, key=lambda each: shares[each]["model"].get("value", -1.0))
    return _one(f"{label}, corrected", shares[label]["corrected"], "share")


def _chain(found: Any) -> str:  # noqa: ANN401
    return _one("same speaker − another", found.get("difference", found), "share")


def _one(what: str, found: Any, form: Any = "coefficient") -> str:  # noqa: ANN401 - an estimate
    return _NOTHING if "undefined" in found else f"{what} {estimate(found, form)}"


def _values(found: Iterable[Any]) -> list[float]:
    return [each["value"] for each in found if "value" in each]


def _range(what: str, values: Iterable[float]) -> str:
    known = [coefficient(value, 2) for value in sorted(values)]
    return f"{what} from {known[0]} to {known[-1]}" if known else _NOTHING


_GISTS: Mapping[str, Callable[[Any], str]] = {
    "design": _design,
    "labels": _labels,
    "sensitivity": _choices,
    "categories": _categories,
    "annotators": _people,
    "anchoring": _anchoring,
    "model": _model,
    "calibration": _calibration,
    "disagreements": _disagreements,
    "consensus": _consensus,
    "precision": _precision,
}
"""By the chapter's key; other chapters have the coefficient that judges the question."""
