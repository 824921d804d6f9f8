"""What a push did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Unapplied:
    """A setting that is another than at the last push, and does not hold for `tasks` that were sent under the old one.

    `applies_to` is ``new sentences only``, ``what is drawn now`` or ``nothing``: no sentence is taken back.
    """

    setting: str
    sent_under: Any
    now: Any
    applies_to: str
    tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PushResult:
    """What a push did. `link` is what annotators open.

    `items` are all of the queue, a page each: `sentences`, `second_looks` at some of them, and further pages where a
    sentence has many targets. `blind` are those of them without pre-labels; `sent` were missing, `there` were not.
    `predictions` were sent in place of those shown before; `copies` are tasks removed because they had come twice;
    `strangers` tasks in the project that come from elsewhere, which are left alone.

    `gone` tasks, in no other number, are left alone as well: their sentences, of `gone_articles` that were edited or
    are not in the run any more, are not the run's as they were sent. `unapplied` are settings that what was sent
    does not follow.
    """

    name: str
    project_id: int
    url: str
    link: str
    created: bool
    items: int
    sentences: int
    second_looks: int
    blind: int
    sent: int
    there: int
    model_version: str | None
    predictions: int
    copies: int
    strangers: int
    gone: int
    gone_articles: tuple[str, ...]
    unapplied: tuple[Unapplied, ...]
