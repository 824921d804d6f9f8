"""Anchoring: what showing the pre-label does to the labels, measured against items that went out without one.

The blind arm is drawn by chance, so the difference between the arms is an effect and no mere correlation. Source: Fort
& Sagot, LAW IV (2010), https://aclanthology.org/W10-1807; Berzak et al., EMNLP 2016, https://arxiv.org/abs/1605.04481;
Schroeder et al. 2025, https://arxiv.org/abs/2507.15821; Beck et al. 2025, https://arxiv.org/abs/2509.08514.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from reports.judgements.table import Bools, Ints, Judgements
from reports.statistics.agreement import difference, headline_key
from reports.statistics.consensus import MODEL_LABELS
from reports.statistics.gold import was_shown
from reports.statistics.intervals import DRAWS, Draws, Estimate
from reports.statistics.ratings import ratings
from reports.statistics.shares import two_shares, two_shares_spread
from reports.statistics.truth import other_peoples_label

CONFIDENCE_STEPS = (0.0, 0.5, 0.7, 0.9, 1.0)
UNKNOWN = "the model's labels of the items that went out blind are not known (column `model_label`)"
_NOTHING = 1e-9
"""What rounding leaves of an error that is none."""
_POWER = 1.959964 + 0.841621
"""Standard errors that an effect must have to be seen in 80 of 100 studies at the 5 % level (two-sided)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arms:
    """Judgements beside the model's label: what anchoring is counted from; every array has one entry a judgement."""

    rows: Judgements
    blind: Bools
    shown: Bools
    model: Ints
    label: Ints
    draws: Draws

    def compare(self, value: Any, also: Bools | None = None) -> dict[str, Estimate]:  # noqa: ANN401 - an array
        """The mean of `value` in the shown and the blind arm, and shown minus blind: ``{shown, blind, effect}``."""
        here = np.ones(len(self.rows), dtype=np.bool_) if also is None else also
        reasons = ("no such item was shown with a pre-label", self._why_not_blind())
        cluster = self.rows.cluster.codes
        found = two_shares(value, (self.shown & here, self.blind & here), cluster, reasons, self.draws)
        return {"shown": found["first"], "blind": found["second"], "effect": found["difference"]}

    def _why_not_blind(self) -> str:
        if self.blind.any() and not (self.blind & (self.model >= 0)).any():
            return UNKNOWN
        return "no such item went out blind"


def anchoring(judgements: Judgements, question: str, draws: Draws = DRAWS) -> dict[str, Any]:
    """What the pre-labels did to one question's labels; ``{"undefined": reason}`` where nothing was shown.

    ::

        arms            {blind, shown: {units, judgements}}
        acceptance      {shown E, blind E, effect E}: labels equal to the pre-label, seen or unseen; the effect is the
                        anchoring: labels that follow the pre-label because it was there
        by_confidence   [{low, high, judgements, shown E, blind E, effect E}]
        by_correctness  {truth, right {shown, blind, effect}, wrong {...}} | undefined
        over_correction, under_correction E: right pre-labels that were changed, wrong ones that were accepted
        agreement       {key, shown E, blind E, effect E}: anchored annotators agree with each other, through the model
        shares          {label: {shown E, blind E, effect E}}, of the first 30 labels
        seconds         {shown E, blind E, ratio E}: geometric means | undefined
        annotators      {name: {acceptance, right | None, wrong | None: {shown, blind, effect}}}
        randomisation   {shares {label: {shown, blind}}, p, sentence} | undefined
        power           {error, minimum_detectable_effect, sentence} | undefined
    """
    arms = _arms(judgements, question, draws)
    if isinstance(arms, str):
        return {"undefined": arms}
    accepted = (arms.label == arms.model) & (arms.model >= 0)
    known = arms.model >= 0
    truth, truth_name = other_peoples_label(arms.rows, question)
    acceptance = arms.compare(accepted, known)
    return {
        "arms": {name: _size(arms.rows, mask) for name, mask in (("blind", arms.blind), ("shown", arms.shown))},
        "acceptance": acceptance,
        "by_confidence": _by_confidence(arms, accepted, known),
        **_by_correctness(arms, accepted, truth, truth_name),
        "agreement": _agreement(arms, question),
        "shares": {
            name: arms.compare(arms.label == place)
            for place, name in enumerate(arms.rows.scheme_of(question).label_names[:MODEL_LABELS])
        },
        "seconds": _seconds(arms),
        "annotators": _reliance(arms, accepted, truth),
        "randomisation": _randomisation(arms, question),
        "power": _power(arms, accepted, known, acceptance["effect"]),
    }


def _arms(judgements: Judgements, question: str, draws: Draws) -> _Arms | str:
    rows = judgements.of(question).first_looks()
    shown, blind = was_shown(rows), rows.is_("arm", "blind")
    given, model = rows.factors.get("shown"), rows.factors.get("model_label")
    if not shown.any():
        return "no item was shown with a pre-label (columns `arm`, `shown`), so nothing could anchor"
    if given is None and model is None:
        return "the labels that were shown are not recorded (column `shown`)"
    names = rows.scheme_of(question).label_names
    said: Ints = np.full(len(rows), -1, dtype=np.int64)
    for column in (model, given):
        if column is not None:
            translated = column.coded(names)
            said = np.where(translated >= 0, translated, said)
    return _Arms(rows=rows, blind=blind, shown=shown, model=said, label=rows.label.coded(names), draws=draws)


def _size(rows: Judgements, mask: Bools) -> dict[str, int]:
    return {"units": len(np.unique(rows.unit.codes[mask])), "judgements": int(mask.sum())}


def _by_confidence(arms: _Arms, accepted: Bools, known: Bools) -> list[dict[str, Any]]:
    confidence = arms.rows.numbers.get("model_confidence")
    if confidence is None or np.isnan(confidence).all():
        return []
    found = []
    for low, high in pairwise(CONFIDENCE_STEPS):
        inside = known & (confidence > low) & (confidence <= high)
        if inside.any():
            bounds = {"low": low, "high": high, "judgements": int(inside.sum())}
            found.append({**bounds, **arms.compare(accepted, inside)})
    return found


def _by_correctness(arms: _Arms, accepted: Bools, truth: Ints, name: str) -> dict[str, Any]:
    known = (truth >= 0) & (arms.model >= 0)
    if not known.any():
        reason = {"undefined": "nothing says which pre-labels were right: no gold, and nobody else judged the units"}
        return {"by_correctness": reason, "over_correction": reason, "under_correction": reason}
    right, wrong = known & (arms.model == truth), known & (arms.model != truth)
    sides = {"right": arms.compare(accepted, right), "wrong": arms.compare(accepted, wrong)}
    return {
        "by_correctness": {"truth": name, **sides},
        "over_correction": arms.compare(~accepted, right)["shown"],
        "under_correction": sides["wrong"]["shown"],
    }


def _agreement(arms: _Arms, question: str) -> dict[str, Any]:
    both = [ratings(arms.rows.where(mask), question, like=arms.rows) for mask in (arms.shown, arms.blind)]
    key = headline_key(both[0])
    found = difference(both[0], both[1], key, draws=arms.draws)
    return {"key": key, "shown": found["first"], "blind": found["second"], "effect": found["difference"]}


def _seconds(arms: _Arms) -> dict[str, Any]:
    seconds = arms.rows.numbers.get("seconds")
    if seconds is None or not (seconds > 0).any():
        return {"undefined": "no times were recorded"}
    known = seconds > 0
    logs = np.log(np.where(known, seconds, 1.0))
    found = arms.compare(logs, known)
    named = {"shown": found["shown"], "blind": found["blind"], "ratio": found["effect"]}
    return {name: _exponential(estimate) for name, estimate in named.items()}


def _exponential(estimate: Estimate) -> Estimate:
    return {name: float(np.exp(value)) if isinstance(value, float) else value for name, value in estimate.items()}


def _reliance(arms: _Arms, accepted: Bools, truth: Ints) -> dict[str, Any]:
    """How each annotator treats the pre-label when it is right and when it is wrong, against their own blind labels."""
    known = arms.model >= 0
    found: dict[str, Any] = {}
    for place in np.unique(arms.rows.annotator.codes):
        own = known & (arms.rows.annotator.codes == place)
        sides = {"right": own & (truth == arms.model), "wrong": own & (truth >= 0) & (truth != arms.model)}
        found[arms.rows.annotator.names[place]] = {
            "acceptance": arms.compare(accepted, own),
            **{side: arms.compare(accepted, mask) if mask.any() else None for side, mask in sides.items()},
        }
    return found


def _randomisation(arms: _Arms, question: str) -> dict[str, Any]:
    """Whether the arms got alike items: the model's label shares by arm, with a permutation test over units."""
    known = (arms.model >= 0) & (arms.blind | arms.shown)
    _, first = np.unique(arms.rows.unit.codes[known], return_index=True)
    label, blind = arms.model[known][first], arms.blind[known][first]
    if not blind.any() or blind.all():
        return {"undefined": "the model's labels of the blind items are not known, or no item went out blind"}
    names = arms.rows.scheme_of(question).label_names
    seen = _distance(label, blind)
    random = np.random.default_rng(arms.draws.seed)
    chance = [_distance(label, random.permutation(blind)) for _ in range(min(arms.draws.resamples, 999))]
    p = (1 + sum(value >= seen - 1e-12 for value in chance)) / (1 + len(chance))
    verdict = (
        "no sign that the arms differ" if p >= 0.05 else "the arms got different items: read the effects with care"
    )
    return {
        "shares": {
            name: {"shown": float((label[~blind] == place).mean()), "blind": float((label[blind] == place).mean())}
            for place, name in enumerate(names)
        },
        "p": float(p),
        "sentence": f"Pre-label shares by arm, permutation test over {len(label)} items: p = {p:.3f}; {verdict}.",
    }


def _distance(label: Ints, blind: Bools) -> float:
    """The squared distance between the arms' shares of each label."""
    size = int(label.max()) + 1
    shares = [np.bincount(label[arm], minlength=size) / arm.sum() for arm in (blind, ~blind)]
    return float(((shares[0] - shares[1]) ** 2).sum())


def _power(arms: _Arms, accepted: Bools, known: Bools, effect: Estimate) -> dict[str, Any]:
    if "undefined" in effect:
        return effect
    spread = two_shares_spread(accepted, (arms.shown & known, arms.blind & known), arms.rows.cluster.codes, arms.draws)
    error = spread.error(2)
    if not np.isfinite(error) or error < _NOTHING:  # nothing varies where there is one article to draw from
        return {"undefined": "all items, or all blind ones, lie in one article"}
    least = _POWER * error
    sentence = f"An effect of {100 * least:.1f} points or more would be found in 80 of 100 such studies."
    return {"error": error, "minimum_detectable_effect": least, "sentence": sentence}
