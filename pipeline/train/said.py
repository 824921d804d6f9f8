"""Short news sentences written from patterns: someone wants a deed done, will not have it, or takes no side.

Debate data argues; news reports. Nobody in debate data says *Parliament will vote on a ban on whaling*, which names
the target and takes no side, and few say *it is long overdue*. None is taken from a scored data set. They were written
with the seed article's quotation in mind, though, and can make sentences very like it (*that story ought to be
scrutinised*, toward *an investigation into ...*): what the model makes of that quotation is fitted, and no test of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from pipeline.train.deeds import DEEDS
from pipeline.train.motions import parse_action
from pipeline.train.sources import Example

_PATTERNS = {
    "favor": (
        "We must {do} {it}.",
        "They ought to {do} {it}.",
        "{it} ought to be {done}.",
        "{it} should be {done} without delay.",
        "{it} has to be {done}, she said.",
        "It is time to {do} {it}.",
        "The minister urged lawmakers to {do} {it}.",
        "She called for {noun} {it}.",
        "{noun} {it} is long overdue, he said.",
        "I cannot see why anyone would refuse to {do} {it}.",
        "The group welcomed {noun} {it}.",
        "He said there was every reason to {do} {it}.",
        "The union has campaigned for years for {noun} {it}.",
        "It would be irresponsible not to {do} {it}.",
        "The senator defended {noun} {it}.",
        "{it} needs to be {done}.",
        "{it} deserves to be {done}.",
    ),
    "against": (
        "It would be a mistake to {do} {it}.",
        "They ought not to {do} {it}.",
        "{it} ought not to be {done}.",
        "{it} must never be {done}, she said.",
        "He warned against {doing} {it}.",
        "There is no reason to {do} {it}.",
        "Critics denounced {noun} {it}.",
        "She vowed to block {noun} {it}.",
        "{doing} {it} would do great damage, the group said.",
        "The senator rejected {noun} {it}.",
        "We will never accept {noun} {it}.",
        "The idea of {doing} {it} is absurd.",
        "The union protested against {noun} {it}.",
        "{it} should be left alone.",
        "He refused to {do} {it}.",
        "Nobody needs {noun} {it}.",
    ),
    "neutral": (
        "Parliament will vote on Tuesday on whether to {do} {it}.",
        "The committee heard from both sides on {noun} {it}.",
        "Asked whether to {do} {it}, the minister declined to comment.",
        "The report does not say whether {it} should be {done}.",
        "A poll found the public divided over {noun} {it}.",
        "The debate over {noun} {it} began in 2011.",
        "Three countries have considered {doing} {it}.",
        "The court is expected to rule on {noun} {it} next spring.",
        "He said he had not yet made up his mind about {doing} {it}.",
        "Journalists asked her about {noun} {it}.",
        "The spokesman confirmed that {noun} {it} had been discussed.",
        "The history of {it} goes back several decades.",
        "About 400 people work with {it} in the region.",
        "He spoke about {it} for an hour on Monday.",
    ),
}
_OPENINGS = (
    "I have not read all of it, but ",
    "We may disagree about the details, but ",
    "Whatever one thinks of the government, ",
    "I am not sure what happened, but ",
    "As I said last week, ",
)
_PRONOUNS = ("it", "this", "that", "all of this", "that story", "what was reported")


def said(motion: str, draw: random.Random) -> Iterator[Example]:
    """Give one sentence about a deed done to the motion's object; none for a motion of a form not understood.

    In a third of the sentences a pronoun stands for the object, as it does where someone is quoted.
    """
    action = parse_action(motion)
    if action is None:
        return
    deed, stance = draw.choice(DEEDS), draw.choice(tuple(_PATTERNS))
    do, doing, done = draw.choice(deed.verbs)
    shown = draw.choice(_PRONOUNS) if draw.random() < 0.33 else action.object
    text = draw.choice(_PATTERNS[stance]).format(do=do, doing=doing, done=done, noun=draw.choice(deed.nouns), it=shown)
    if draw.random() < 0.25:
        text = draw.choice(_OPENINGS) + text[0].lower() + text[1:]
    base, gerund, _ = draw.choice(deed.verbs)
    target = draw.choice(
        (
            f"{draw.choice(deed.nouns)} {action.object}",
            f"{draw.choice(deed.nouns)} {action.object}",
            f"{gerund} {action.object}",
            f"We should {base} {action.object}",
        )
    )
    yield Example(text=text[0].upper() + text[1:], target=target, stance=stance)
