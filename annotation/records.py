"""What flows between a run and Label Studio: an `Item` goes out as one task, `Judgement` rows come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.labels import Target

Arm = Literal["shown", "blind"]
"""Whether annotators see the model's labels (``shown``) or decide without them (``blind``)."""

Origin = Literal["accepted", "changed", "manual"]
"""How a label came about: a shown one kept, a shown one changed, or given where nothing was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One sentence that people are asked about: one task in Label Studio.

    `uid` names it for good: the sentence's id, with a part number where it has more targets than fit one screen, the
    occasion where the same people are asked again, and a digest of its words where others went out under that id.
    `targets` are those asked about in this task; `asks_speaker` is false for a further part. `annotators` is how many
    people are to judge it. `inclusion_probability`, in (0, 1], is the chance that the sampling design gave this
    sentence to be in the queue.
    """

    uid: str
    sentence_id: str
    doc_id: str
    targets: tuple[Target, ...]
    arm: Arm
    inclusion_probability: float
    annotators: int
    occasion: int = 1
    gold: bool = False
    asks_speaker: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One person's answer to one question about one sentence: a row of the run's ``annotations`` table.

    `target` is ``None`` for the question ``speaker``, whose label is the speaker's canonical name in the article
    (``author``: the article itself) and whose `speaker_id` is ``None`` for a name the article does not have.
    `shown_label` and `model_shown` are what the person saw before deciding, ``None`` in the blind arm. `seconds` is the
    time spent on the whole task. `created` and `updated` are ISO 8601 in UTC. A skipped task has one row with question
    and label ``skipped``.
    """

    annotation_id: str
    uid: str
    sentence_id: str
    doc_id: str
    target: str | None
    question: str
    annotator: str
    label: str
    arm: Arm
    shown_label: str | None
    model_shown: str | None
    origin: Origin
    seconds: float | None
    created: str
    updated: str
    skipped: bool
    inclusion_probability: float
    occasion: int
    gold: bool
    speaker_id: str | None = None
    flags: tuple[str, ...] = ()
    comment: str | None = None
