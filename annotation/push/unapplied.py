"""Settings that have changed since the last push and that what was sent does not follow.

What holds for all tasks is no part of this: the guide, the questions and labels, names; nor what only adds sentences,
such as a larger size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotation.push.result import Unapplied
from pipeline.config import Config

_DRAW = ("sentences", "size", "strata", "repeat_share", "gold_items")
_OVERLAP = ("annotators_per_item", "overlap_share")
_PAGE = ("context_sentences", "speaker_candidates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """How many tasks, of those that an earlier push sent, are left otherwise than this one would send them.

    `undrawn` would not be sent, `rearmed` would be in the other arm, `as_shown` show what pages were made of then.
    """

    undrawn: int
    rearmed: int
    as_shown: int


def unapplied(sent_under: Config, config: Config, left: Left, *, sent: int) -> tuple[Unapplied, ...]:
    """The settings that differ from those of the last push, and that `left` tasks do not follow.

    `sent` is how many tasks this push has sent.
    """
    was, now = sent_under.annotation, config.annotation
    tasks = {
        **dict.fromkeys((*_DRAW, *_OVERLAP), left.undrawn),
        "blind_share": left.rearmed,
        "seed": left.undrawn + left.rearmed,
        **dict.fromkeys(_PAGE, left.as_shown),
    }
    return tuple(
        Unapplied(
            setting=f"annotation.{name}",
            sent_under=before,
            now=after,
            applies_to=_applies_to(name, sent),
            tasks=number,
        )
        for name, number in tasks.items()
        if number and (before := getattr(was, name)) != (after := getattr(now, name)) and not _adds(name, before, after)
    )


def _applies_to(name: str, sent: int) -> str:
    if name in _OVERLAP:
        return "what is drawn now"
    return "nothing" if name in _DRAW and not sent else "new sentences only"


def _adds(name: str, before: Any, after: Any) -> bool:  # noqa: ANN401 - a setting
    """Whether another value of the setting only adds sentences to what was sent."""
    if name == "size":
        return after is None or (before is not None and after > before)
    if name == "repeat_share":
        return bool(after > before)
    return name == "gold_items" and set(before) <= set(after)
