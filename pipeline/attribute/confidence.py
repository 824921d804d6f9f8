"""How sure an attribution and a voice are: two small logistic models, whose coefficients stand here to be read.

A confidence is ``1 / (1 + exp(-sum(coefficient * feature)))``; a feature that is no number counts 1 where it holds.

`VOICE` was fitted to 595 judgements of our own on sentences of NewsMTSC's training split (Hamborg & Donnay 2021, MIT);
`pipeline.train.confidence` fits it again. `ATTRIBUTION` stays as set by hand, one certainty a rule: fitted to 375 such
judgements it was further from the truth on whole articles, for sentences that stand alone are another mixture of
rules, and whether a bare object (*criticised the plan*) is a report at all is judged differently by different people.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from pipeline.attribute.findings import Finding, letters
from pipeline.records import Attribution

Features = Mapping[str, float]

FAMILIES = {
    "quotation before": "quotation",
    "spokesperson": "clause",
    "in a poll": "according to",
    "named": "turn",
    "answer": "turn",
    "inverted": "turn",
    "dash": "turn",
    "headline": "turn",
    "subject before": "last speaker",
    "sole speaker": "last speaker",
    "colon": "after colon",
    "block": "after colon",
}
"""Rules that are too rare to be told apart, and the rule they are judged with."""

ATTRIBUTION: Features = {"certainty of the rule": 1.0, "description": -0.3}
VOICE: Features = {
    "author": 2.61,
    "author, something reported": -0.19,
    "author, share reported": -0.81,
    "author, quotation marks": -0.59,
    "speaker": -0.37,
    "speaker, attribution": 1.45,
    "speaker, share": 0.39,
}

_RIGHT_PERSON = 0.93
"""How often a pronoun's antecedent is right, set by hand; sentences that stand alone cannot tell."""

_RIGHT_OF_TWO = 0.75
"""The same where another is nearly as likely."""

_SHORT = 15
_MARKS = frozenset('"“”„«»')


def probability(features: Features, coefficients: Features) -> float:
    """The logistic of a weighted sum, from 0 to 1; features without a coefficient do not count."""
    total = sum(coefficients.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-total))


def logit(share: float) -> float:
    """The logarithm of the odds of a share, which is kept from 0 and 1 by a hundredth."""
    share = min(0.99, max(0.01, share))
    return math.log(share / (1 - share))


def attribution_features(text: str, finding: Finding) -> dict[str, float]:
    """What the confidence of an attribution rests on."""
    source = finding.source
    features = {
        "certainty of the rule": logit(finding.certainty),
        f"rule: {FAMILIES.get(finding.rule, finding.rule)}": 1.0,
    }
    if finding.force == "attitude":
        features["attitude"] = 1.0
    if source is None:
        features["nobody named"] = 1.0
    elif source.kind == "nominal":
        features["description"] = 1.0
    if sum(letters(text, piece) for piece in finding.content) < _SHORT:
        features["short"] = 1.0
    return features


def attribution_confidence(text: str, finding: Finding, *, close: bool) -> float:
    """The probability that content and speaker are right; `close` where another speaker was nearly chosen."""
    sure = probability(attribution_features(text, finding), ATTRIBUTION)
    if finding.source is not None and finding.source.kind == "pronoun":
        sure *= _RIGHT_PERSON
    return round(sure * (_RIGHT_OF_TWO if close else 1.0), 2)


def voice_features(sentence: str, found: Attribution | None, share: float) -> dict[str, float]:
    """What the confidence of a voice rests on.

    `found` is the attribution that gives the sentence its speaker, ``None`` for the author; `share` how much of the
    sentence it reports; for the author, how much of it anything reports, attitudes among it.
    """
    if found is not None:
        return {"speaker": 1.0, "speaker, attribution": logit(found.confidence), "speaker, share": share}
    features = {"author": 1.0, "author, share reported": share}
    if share:
        features["author, something reported"] = 1.0
    if _MARKS.intersection(sentence) or "''" in sentence:
        features["author, quotation marks"] = 1.0
    return features


def voice_confidence(sentence: str, found: Attribution | None, share: float) -> float:
    """The probability that a sentence is given to the right speaker."""
    return round(probability(voice_features(sentence, found, share), VOICE), 2)
