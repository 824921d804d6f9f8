"""The words and figures that the page and the terminal share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import eq
from typing import TypeVar

from pipeline.labels import LabelScheme
from pipeline.records import Article, Attribution, Prediction, Speaker
from reports.view.people import Answer, People
from reports.view.summary import Line, position, question_of, takes_side

ROOM = 20
"""Code points of a target's name that the margin has room for, beside a label and its probability."""
Labelled = TypeVar("Labelled", Prediction, Answer)

KINDS = {"person": "person", "organisation": "organisation", "group": "group", "unknown": "unnamed source"}
TYPES = {"direct": "quoted word for word", "indirect": "in the article's words", "mixed": "partly quoted"}
FORCES = {
    "speech": "said",
    "attitude": "thought or felt, not said aloud",
    "no-comment": "declined to comment",
    "hedged": "claimed by hearsay",
}


def percent(probability: float) -> str:
    """Write a probability as a whole percentage, never claiming to be certain."""
    if 0 < probability < 0.01:
        return "<1%"
    if 0.99 < probability < 1:
        return ">99%"
    return f"{probability:.0%}"


def signed(mean: float) -> str:
    """Write a place on the scale with its sign and two decimals."""
    rounded = round(mean, 2)
    if rounded == 0:
        return "0.00"
    sign = "+" if rounded > 0 else "\N{MINUS SIGN}"
    return f"{sign}{abs(rounded):.2f}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Write a number with its noun: 1 sentence, 2 sentences."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def glyph(scheme: LabelScheme, prediction: Prediction) -> str:
    """A shape for a label, so that colour never speaks alone: up, down, or level; a diamond where nothing orders."""
    place = position(question_of(scheme, prediction), prediction.label)
    if place is None:
        return "◆"
    if place == 0:
        return "●"
    return "▲" if place > 0 else "▼"


def sides(scheme: LabelScheme, line: Line) -> list[list[Prediction]]:
    """The predictions of a line that take a side, together by target: surest answers to the first question first."""
    order = {question.name: index for index, question in enumerate(scheme.questions)}
    taken = [prediction for prediction in line.predictions if takes_side(scheme, prediction)]
    taken.sort(key=lambda p: (order.get(p.question, len(order)), -p.scores[p.label]))
    return list(by_target(taken).values())


def by_target(labels: Iterable[Labelled]) -> dict[str, list[Labelled]]:
    """Put predictions or answers together that judge the same target ("" for none); everything stays in its order."""
    grouped: dict[str, list[Labelled]] = {}
    for label in labels:
        grouped.setdefault(label.target or "", []).append(label)
    return grouped


def short_names(names: Sequence[str]) -> dict[str, str]:
    """Names for a narrow margin, where a long one is cut at its end: words that another begins with are left out.

    *the city should ban cars* and *the city should ban coal* would be cut alike; they become *… cars* and *… coal*.
    Names that are short, or would become the same, stay as they are.
    """
    words = {name: name.split() for name in names}
    opening: Counter[str] = Counter()
    for one, other in pairwise(sorted(words, key=words.__getitem__)):
        common = [*map(eq, words[one], words[other]), False].index(False)
        opening |= Counter({one: common, other: common})
    short = {
        name: f"… {' '.join(words[name][shared:])}"
        for name, shared in opening.items()
        if len(name) > ROOM and 1 < shared < len(words[name])
    }
    seen = Counter(short.values())
    return {name: short[name] if seen[short.get(name, "")] == 1 else name for name in words}


def name_of(speaker: Speaker | None) -> str:
    """What to call a speaker; the author's own voice is *the article*."""
    if speaker is None:
        return "not attributed"
    return "the article" if speaker.kind == "author" else speaker.name


def role_of(speaker: Speaker) -> str:
    """A few words under a name: whom they speak for, else their title, else what they are."""
    if speaker.kind == "author":
        return "the author's own voice"
    if speaker.speaks_for:
        return f"for {speaker.speaks_for}"
    return speaker.titles[0] if speaker.titles else KINDS[speaker.kind]


def runner_up(article: Article, attribution: Attribution) -> str | None:
    """The name of the speaker nearly chosen, which the record may hold by id."""
    for speaker in article.speakers or ():
        if speaker.speaker_id == attribution.runner_up:
            return name_of(speaker)
    return attribution.runner_up


def attribution_note(article: Article) -> str | None:
    """What to tell the reader when sentences or speakers are not there; None when all is well."""
    if article.sentences is None:
        return "This article has not been split into sentences: below is its text alone."
    if article.voices is None:
        return "Speakers have not been computed: nothing below says who speaks."
    return None


def votes(answer: Answer) -> str:
    """What people answered: *favor 2, neutral 1*."""
    return ", ".join(f"{label} {count}" for label, count in answer.counts)


def majority(answer: Answer) -> str:
    """What most people say, and how many of how many: *favor 2 of 3*."""
    label, most = answer.counts[0]
    return f"{label} {most} of {sum(count for _, count in answer.counts)}"


def standing(line: Line, answer: Answer) -> str:
    """A sign for how people's answer stands to what the run says: ≠ another, ✓ the same, nothing where they are split.

    Nothing, too, where the run says nothing.
    """
    if answer in line.differing:
        return "≠"
    return "✓" if answer.label and line.shown(answer) else ""


def mark(line: Line) -> str:
    """A sign for how people stand to a whole line: ≠ where most say something else anywhere, ✓ the same throughout."""
    signs = {standing(line, answer) for answer in line.answers if line.shown(answer)}
    return "≠" if line.differing else "✓" if signs == {"✓"} else ""


def by_rule(prediction: Prediction) -> str | None:
    """Why a label was given without asking the model; None where the model judged."""
    return f"by rule: {prediction.reason}" if prediction.reason else None


def any_by_rule(article: Article) -> bool:
    """Whether any label of an article was given without asking the model."""
    return any(prediction.reason for prediction in article.predictions or ())


def neutral(line: Line) -> str:
    """What to say of a line that takes no side: *neutral*, with the reason where the model was asked nothing of it."""
    reasons = {prediction.reason for prediction in line.predictions}
    reason = reasons.pop() if len(reasons) == 1 else None
    return f"neutral ({reason})" if reason else "neutral"


def people_note(people: People) -> str | None:
    """How much of an article people have judged; None where nobody has."""
    if not people.number:
        return None
    who = counted(people.number, "person has", "people have")
    judged = counted(len(people.answers), "sentence")
    return f"{who} judged {judged}. ✓: most say the same as the run; ≠: most say something else."


def label_note(article: Article) -> str:
    """Where the labels come from, in plain words."""
    if article.predictions is None:
        return "Stance and sentiment have not been computed."
    if not article.predictions:
        return "Stance and sentiment: there was no target to judge any sentence toward."
    names = " and ".join(dict.fromkeys(prediction.model for prediction in article.predictions))
    note = f"Stance and sentiment are pre-labels by {names}: a model’s guesses, not human judgements."
    if any_by_rule(article):
        note += " Where a sentence does not mention a target it is neutral by rule; the model was not asked."
    return note
