"""The report's sentences that hold numbers: each says what was found and how to read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports.document.notation import coefficient, count, estimate, listed, plural, probability, share
from reports.document.report_wording import REMEDIES, SPECIFICATION

BELOW = (("below_667", ".667"), ("below_800", ".800"))


def remedy_for_agreement(reason: str) -> str:
    """What would make agreement defined, by why it is not."""
    hints = {
        "too many": "many",
        "only one annotator": "annotators",
        "there are no judgements": "annotators",
        "label": "variety",
        "every shared unit": "variety",
        "nobody gave": "variety",
        "no width": "disagreements",
        "cluster": "clusters",
        "resample": "clusters",
    }
    return REMEDIES[next((remedy for hint, remedy in hints.items() if hint in reason), "overlap")]


def cluster_name(report: Mapping[str, Any]) -> str:
    """What intervals count as drawn: the article, or the unit."""
    return str(report["input"]["clustered_by"])


def paradox(found: Mapping[str, Any]) -> str:
    """What the most frequent label does to the coefficients."""
    if not found["spread"]:
        return "Nothing beyond percent agreement can be said."
    low, high = (coefficient(value, 2) for value in found["spread"])
    start = f"{share(found['prevalence']['share'], 0)} of the judgements are “{found['prevalence']['label']}”; "
    if found["spread"][1] - found["spread"][0] > 0.15:
        return start + (
            f"chance-corrected values run from {low} to {high}, since the coefficients differ in what they take chance "
            "to be. Report the choice before the value, and the agreement per label beside it."
        )
    return start + f"chance-corrected values lie close together, from {low} to {high}: the choice changes little."


def specification(found: Mapping[str, Any]) -> str:
    """What the specification curve shows, and how to read it."""
    low, middle, high = (coefficient(found[key], 2) for key in ("lowest", "median", "highest"))
    number = plural(len(found["rows"]), "defensible analysis", "defensible analyses")
    return f"Over {number}, agreement runs from {low} to {high}, median {middle}. {SPECIFICATION}"


def chances(verdict: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The probabilities that alpha lies below Krippendorff's bounds, as name and relation."""
    return [
        (f"P(α < {line})", written if written[0] in "<>" else f"= {written}")
        for key, line in BELOW
        if verdict[key] is not None and (written := probability(verdict[key]))
    ]


def unsaid(reasons: Mapping[str, str]) -> str:
    """Which coefficients are not given, and why; `reasons` by their printed names."""
    for_two = [name for name, reason in reasons.items() if "is for two annotators" in reason]
    others: dict[str, list[str]] = {}
    for name, reason in reasons.items():
        if name not in for_two:
            others.setdefault(reason, []).append(name)
    said = [f"{listed(for_two)}, for two annotators only"] if for_two else []
    return "; ".join([*said, *(f"{listed(names)}: {reason}" for reason, names in others.items())])


def rounds(difference: Mapping[str, Any]) -> str:
    """How to read agreement by round."""
    start = "Agreement should not fall as a project goes on."
    if "undefined" in difference:
        return start
    return f"{start} Last minus first: {estimate(difference)}; where this interval holds 0, no change is shown."


def analytic(found: Mapping[str, Any]) -> str:
    """The closed-form variance beside the bootstrap's."""
    return (
        f"As a check on the bootstrap: Gwet’s variance in closed form gives AC1 a standard error of "
        f"{coefficient(found['error'], 4)}, the resamples {coefficient(found['bootstrap_error'], 4)} [@gwet2008]."
    )


def alternative(found: Mapping[str, Any]) -> str:
    """How to read the alternative annotator test."""
    tested = [each for each in found["annotators"].values() if "rejected" in each]
    won = sum(each["rejected"] for each in tested)
    verdict = "passes: it may stand in for a person in this task" if found["passes"] else "does not pass"
    return (
        f"The model could stand in for {count(won)} of {plural(len(tested), 'annotator')}: a winning rate of "
        f"{coefficient(found['winning_rate'], 2)} where .50 passes, with ε = {coefficient(found['epsilon'], 2)} for "
        f"what a person’s greater cost is worth [@calderon2025]. It {verdict}. On average it is at least as close to "
        f"the others as the one whose place it takes on {share(found['advantage'], 0)} of the units."
    )


def dawid_skene(fit: Mapping[str, Any]) -> str:
    """What Dawid and Skene's model came to."""
    settled = "settled" if fit["converged"] else "did not settle"
    return (
        f"Dawid and Skene’s model [@dawid1979], which weighs annotators by how they err, {settled} after "
        f"{plural(fit['iterations'], 'step')}. It differs from the majority on "
        f"{plural(fit['differs_from_majority'], 'unit')}, and gives no label a probability of .9 on "
        f"{count(fit['uncertain'])}."
    )


def corpus(found: Mapping[str, Any]) -> str:
    """What the corrected shares rest on."""
    how = "logged" if found["probability"] == "logged" else found["probability"]
    frame = (
        " These are the sentences that people could be asked about by the design; the shares speak of no others."
        if found["out_of_frame"]
        else ""
    )
    return (
        f"The model labelled {plural(found['model_units'], 'unit')}; people judged {count(found['human_units'])} of "
        f"them ({found['evidence']}).{frame} Probability of being drawn: {how}. The correction is that of design-based "
        "supervised learning and prediction-powered inference [@egami2023; @angelopoulos2023]."
    )


def unlabelled(names: list[str]) -> str:
    """That no model answered some questions, where it answered others."""
    return f"No model’s labels of {listed(names)} are known: a question for people only needs none."


def labels_in_all(found: Mapping[str, Any]) -> str:
    """How often the machine gives each label of a question, in a few words."""
    sizes = {label: sum(row["labels"][label] for row in found["targets"]) for label in found["labels"]}
    return ", ".join(f"{label} {count(size)}" for label, size in sizes.items())


def machine_labels(name: str, found: Mapping[str, Any]) -> str:
    """What the machine's labels of a question are counted over."""
    rule = (
        f" Of these, {count(found['by_rule'])} do not mention their target: they are neutral by rule, without a model."
        if found["by_rule"]
        else ""
    )
    return f"The machine answered {name} {plural(found['units'], 'time')}: once for each sentence and target.{rule}"


def pairs_shown(found: Mapping[str, Any]) -> str:
    """How to read the table of speakers and targets."""
    more = found["pairs_in_all"] - len(found["pairs"])
    left = f" {plural(more, 'rarer pair')} left out." if more else ""
    return f"Sentences of the speaker, by the label that the machine gives them toward the target.{left}"


def precision(found: Mapping[str, Any], cluster: str) -> str:
    """How wide the interval is, and what narrower ones would take."""
    now = found["now"]
    narrower = [
        f"{count(clusters)} for ±{coefficient(float(width))}"
        for width, clusters in found["needed"].items()
        if clusters > now["clusters"]
    ]
    needed = f" It takes about {listed(narrower)}." if narrower else ""
    return (
        f"Now {plural(now['clusters'], cluster)} give ±{coefficient(now['half_width'])}. The width falls with the "
        f"square root of their number: to halve it takes four times as many.{needed}"
    )
