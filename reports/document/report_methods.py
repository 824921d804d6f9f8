"""The methods paragraph: what was done, in the words of a paper, from the analysis itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports.document.notation import NAMES, count, estimate, listed, plural, share

_DISTANCES = {"alpha_nominal": "a nominal distance", "alpha_ordinal": "an ordinal distance"}


def methods_paragraph(report: Mapping[str, Any]) -> str:
    """One paragraph, with citations as ``[@key]``."""
    if report.get("machine"):
        return _machine(report["machine"])
    said = [_design(report), *(_agreement(name, each) for name, each in report["questions"].items())]
    said += [_intervals(report), _arms(report), _model(report), _corpus(report)]
    return " ".join(sentence for sentence in said if sentence)


def _machine(found: Mapping[str, Any]) -> str:
    asked = (f"{name} {plural(each['units'], 'time')}" for name, each in found["questions"].items())
    by = listed([str(name) for name in found["models"]])
    return (
        f"A machine ({by}) gave {plural(found['sentences'], 'sentence')} to "
        f"{plural(found['speakers_in_all'], 'speaker')} and labelled {listed(list(asked)) or 'nothing else'}; no label "
        "was validated by people."
    )


def _design(report: Mapping[str, Any]) -> str:
    found = report["input"]
    people = plural(found["annotators"], "annotator")
    units = plural(found["units"], "unit")
    inside = f" from {plural(found['clusters'], found['clustered_by'])}" if found["clustered_by"] != "unit" else ""
    names = listed([f"“{name}”" for name in found["questions"]])
    asked = f"the question {names}" if len(found["questions"]) == 1 else f"the questions {names}"
    gone = report["cleaning"]["read"] - report["cleaning"]["kept"]
    judged = plural(found["judgements"], "judgement")
    cleaned = f"; {plural(gone, 'row was', 'rows were')} left out in cleaning" if gone else ""
    return f"{people} gave {judged} on {units}{inside}, answering {asked}{cleaned}."


def _agreement(name: str, question: Mapping[str, Any]) -> str:
    key, design = question["headline"], question["design"]
    found = question["agreement"][key]
    paired = f"{count(design['paired_units'])} of {plural(design['units'], 'unit')}"
    labels = question["labels"]
    named = listed(labels) if len(labels) <= 6 else plural(len(labels), "label")
    start = f"On {name} ({named}), {paired} were judged by two annotators or more"
    if "undefined" in found:
        return f"{start}; agreement is not defined: {found['undefined']}."
    percent = estimate(question["agreement"]["percent"], "share")
    return (
        f"{start}; Krippendorff’s alpha with {_DISTANCES[key]} [@krippendorff2018] is {estimate(found)}, "
        f"percent agreement {percent}, {NAMES['ac1']} [@gwet2008] {estimate(question['agreement']['ac1'])}."
    )


def _intervals(report: Mapping[str, Any]) -> str:
    found = report["input"]
    units = f"{found['clustered_by']}s"
    weighted = (
        " Units are weighted by the inverse of their logged probability of being drawn." if found["weighted"] else ""
    )
    return (
        f"Values in brackets are {100 * found['level']:g}% intervals by the bias-corrected and accelerated bootstrap "
        f"[@efron1987] over {units} [@field2007], with {count(found['resamples'])} resamples and seed {found['seed']}; "
        "reliability is judged on their lower limit, against the bounds of .667 and .800. How far the result hangs on "
        f"analytic choices is shown by a specification curve [@simonsohn2020].{weighted}"
    )


def _arms(report: Mapping[str, Any]) -> str:
    said = []
    for name, question in report["questions"].items():
        found = question["anchoring"]
        if "undefined" not in found and "undefined" not in found["acceptance"]["effect"]:
            effect = estimate(found["acceptance"]["effect"], "share").replace("%", "")
            said.append(f"{effect} points on {name}")
    if not said:
        return ""
    return (
        "A share of the units, drawn by chance, was judged without sight of the model’s pre-label; seeing it moved "
        f"the share of labels equal to it by {listed(said)} [@fort2010]."
    )


def _model(report: Mapping[str, Any]) -> str:
    said = []
    for name, question in report["questions"].items():
        score = question["model"].get("score", question["model"])
        if "undefined" not in score:
            said.append(
                f"a macro-F1 of {estimate(score['macro_f1'], 'share')} on {name} ({plural(score['units'], 'unit')})"
            )
    return f"Scored on blind items only, the model reaches {listed(said)}." if said else ""


def _corpus(report: Mapping[str, Any]) -> str:
    found = [name for name, each in report["conclusions"].items() if "undefined" not in each]
    if not found:
        return ""
    first = report["conclusions"][found[0]]
    part = share(first["human_units"] / max(first["model_units"], 1))
    return (
        f"Label shares over the corpus combine the model’s labels of {plural(first['model_units'], 'unit')} with blind "
        f"human judgements of {part} of them, corrected for the model’s errors [@egami2023; @angelopoulos2023]."
        f"{_by_speaker(first)}"
    )


def _by_speaker(found: Mapping[str, Any]) -> str:
    """Whose the groups by speaker are, where there are any."""
    if not found["groups"].get("speaker"):
        return ""
    return (
        " Groups by speaker follow the machine’s attribution, which people’s answers on who speaks do not alter; forms "
        "of a name that agree are one person’s across articles."
    )
