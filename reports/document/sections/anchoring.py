"""The chapter on what showing the pre-label does to the labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reports.document import report_wording as words
from reports.document.charts import Caterpillar
from reports.document.document import Block, Chapter, Column, Figure, Prose
from reports.document.notation import NAMES, estimate, share
from reports.document.sections.parts import (
    MANY,
    Analysis,
    each_labelled,
    forest,
    missing,
    table_name,
    undefined,
    usual_labels,
)
from reports.statistics.anchoring import UNKNOWN

_ARMS = (("shown", "pre-label shown"), ("blind", "blind"))


def anchoring(report: Analysis) -> Chapter:
    """Blind against shown: acceptance, shares, agreement and time by arm."""
    blocks = each_labelled(report, _effects)
    return Chapter(key="anchoring", title="What the pre-labels did", lead=words.LEADS["anchoring"], blocks=blocks)


def _effects(name: str, question: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    found = question["anchoring"]
    if reason := undefined(found):
        yield missing("What showing the pre-label did", reason, words.REMEDIES["anchoring"])
        return
    if reason := undefined(found["acceptance"]["effect"]):
        remedy = words.REMEDIES["model" if reason == UNKNOWN else "blind"]
        yield missing("The effect of the pre-labels", reason, remedy)
    yield _acceptance(name, found)
    if _known(found["acceptance"]["effect"]):
        yield _differences(name, found, usual_labels(question))
    if _known(found["over_correction"]) and _known(found["under_correction"]):
        over, under = (estimate(found[f"{side}_correction"], "share") for side in ("over", "under"))
        truth = found["by_correctness"]["truth"]
        yield Prose(
            text=f"Held against {truth}, {over} of the right pre-labels were changed (over-correction) and {under} of "
            "the wrong ones were accepted (under-correction)."
        )
    elif reason := undefined(found["by_correctness"]):
        yield missing("Whether people accept wrong pre-labels", reason, words.REMEDIES["correctness"])
    yield from _people(name, found["annotators"])
    yield from _checks(found)


def _known(found: Any) -> bool:  # noqa: ANN401 - a part of the analysis
    return undefined(found) is None


def _acceptance(name: str, found: Any) -> Figure:  # noqa: ANN401 - a part of the analysis
    rows = [("all items", found["acceptance"])]
    for step in found["by_confidence"]:
        rows.append((f"model {share(step['low'], 0)} to {share(step['high'], 0)} sure", step))
    if _known(found["by_correctness"]):
        rows += [(f"pre-label {side}", found["by_correctness"][side]) for side in ("right", "wrong")]
    return forest(
        table_name("acceptance", name),
        "Labels that equal the pre-label",
        words.ACCEPTANCE,
        [(label, (each["shown"], each["blind"])) for label, each in rows],
        _ARMS,
        form="share",
        strong="all items",
        first="items",
        extra=(Column(key="effect", title="shown − blind", form="share"),),
        extras={label: (each["effect"],) for label, each in rows},
    )


def _differences(name: str, found: Any, labels: tuple[str, ...]) -> Figure:  # noqa: ANN401 - a part of the analysis
    rows = [("equal to the pre-label", found["acceptance"]["effect"])]
    if _known(found["by_correctness"]):
        rows += [(f"… where it is {side}", found["by_correctness"][side]["effect"]) for side in ("right", "wrong")]
    rows += [(f"share of {label}", found["shares"][label]["effect"]) for label in labels]
    rows.append((f"agreement, {NAMES[found['agreement']['key']]}", found["agreement"]["effect"]))
    return forest(
        table_name("anchoring", name),
        "Shown minus blind",
        words.EFFECTS,
        [(label, (each,)) for label, each in rows if _known(each)],
        (("effect", "effect"),),
        lines=((0.0, "no effect"),),
        strong="equal to the pre-label",
        first="what",
    )


def _people(name: str, people: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    rows = [
        (who, (each["wrong"]["shown"], each["wrong"]["blind"]))
        for who, each in people.items()
        if each["wrong"] and _known(each["wrong"]["shown"])
    ]
    if not rows:
        return
    title = "Agreement with wrong pre-labels, by annotator"
    table = table_name("reliance", name)
    drawn = forest(table, title, words.RELIANCE, rows, _ARMS, form="share", first="annotator")
    if len(rows) > MANY:
        chart = Caterpillar(estimates=tuple(cells[0] for _, cells in rows), axis="wrong pre-labels kept", form="share")
        drawn = Figure(title=title, reading=f"{words.RELIANCE} {words.UNNAMED}", chart=chart, table=drawn.table)
    yield drawn


def _checks(found: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    said = [found[part]["sentence"] for part in ("randomisation", "power") if _known(found[part])]
    seconds = found["seconds"]
    if _known(seconds) and all(_known(seconds[each]) for each in ("shown", "blind", "ratio")):
        both = " and ".join(f"{estimate(seconds[arm], 'number')} {words.ARM_NAMES[arm]}" for arm in ("shown", "blind"))
        said.append(
            f"Seconds per judgement, geometric mean: {both}, a ratio of {estimate(seconds['ratio'], 'number')}."
        )
    if said:
        yield Prose(text=" ".join(said))
    if _known(found["acceptance"]["effect"]):
        for part, what, remedy in (
            ("randomisation", "Whether the arms got alike items", "blind"),
            ("power", "The smallest effect seen", "clusters"),
        ):
            if reason := undefined(found[part]):
                yield missing(what, reason, words.REMEDIES[remedy])
