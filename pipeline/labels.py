"""What people and models are asked about a sentence: questions, their labels, and targets. All of it is data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["nominal", "ordinal"]
TargetKind = Literal["name", "proposition"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One answer: its name, what annotators are told about it, and the key that chooses it."""

    name: str
    instruction: str = ""
    hotkey: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question asked of a sentence toward a target.

    `labels` stand in the order of the scale where `level` is ordinal; `level` alone chooses the distance that
    agreement is counted with. `asked_of` names the kinds of target that the question makes sense for.
    """

    name: str
    instruction: str
    labels: tuple[Label, ...]
    level: Level
    asked_of: tuple[TargetKind, ...] = ("name", "proposition")

    @property
    def label_names(self) -> tuple[str, ...]:
        """The names of the labels, in order."""
        return tuple(label.name for label in self.labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelScheme:
    """The questions of a project, in the order in which they are shown."""

    questions: tuple[Question, ...]

    def question(self, name: str) -> Question:
        """Return the question called `name`; raises KeyError when the scheme has none."""
        for question in self.questions:
            if question.name == name:
                return question
        raise KeyError(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a stance is toward: a name (a person, an organisation, a place) or a proposition.

    `aliases` are other wordings that mention the same target in a text.
    """

    name: str
    kind: TargetKind = "name"
    aliases: tuple[str, ...] = ()


def target_from_words(words: str) -> Target:
    """A target given as mere words: a name where every longer word is capitalised, else a proposition.

    *Elon Musk*, *Bank of England* are names; *an investigation into the contacts* is a proposition. A configuration
    can say the kind where this guesses wrong.
    """
    longer = [word for word in words.split() if len(word) > 3] or words.split()
    is_name = all(not word[0].islower() for word in longer) and len(words.split()) <= 6
    return Target(name=words.strip(), kind="name" if is_name else "proposition")


STANCE = Question(
    name="stance",
    instruction="Whoever speaks in this sentence: are they for or against the target?",
    labels=(
        Label(name="favor", instruction="supports, defends or asks for it", hotkey="q"),
        Label(name="neutral", instruction="takes no side, or does not speak of it", hotkey="w"),
        Label(name="against", instruction="opposes, attacks or warns against it", hotkey="e"),
    ),
    level="ordinal",
)
SENTIMENT = Question(
    name="sentiment",
    instruction="Does this sentence show the target in a good or a bad light?",
    labels=(
        Label(name="positive", instruction="a reader thinks better of the target", hotkey="a"),
        Label(name="neutral", instruction="neither, or both alike", hotkey="s"),
        Label(name="negative", instruction="a reader thinks worse of the target", hotkey="d"),
    ),
    level="ordinal",
    asked_of=("name",),
)
DEFAULT_SCHEME = LabelScheme(questions=(STANCE, SENTIMENT))
