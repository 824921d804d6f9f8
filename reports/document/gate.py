"""A gate for continuous integration: does every question's interval stay above a bound?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import ConfigError
from reports.document.notation import coefficient, estimate
from reports.statistics.agreement import KEYS

HEADLINE = "alpha"
"""Stands for the alpha that fits the question's labels: nominal or ordinal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A coefficient and the least that the lower limit of its interval may be."""

    key: str
    bound: float

    @classmethod
    def parse(cls, words: str) -> Gate:
        """A gate from ``alpha=.667``. Raises ConfigError for an unknown coefficient or no number between -1 and 1."""
        key, _, number = words.partition("=")
        names = (HEADLINE, *KEYS)
        if key.strip() not in names:
            raise ConfigError(
                f"there is no coefficient {key!r}.", fix=f"name one of {', '.join(names)}, as in alpha=.667"
            )
        try:
            bound = float(number)
        except ValueError:
            bound = float("nan")
        if not -1 <= bound <= 1:
            raise ConfigError(f"{number!r} is no bound for {key}.", fix="write a number between -1 and 1: alpha=.667")
        return cls(key=key.strip(), bound=bound)

    def failures(self, report: Mapping[str, Any]) -> list[str]:
        """The questions whose lower limit does not reach the bound, in words. What is undefined does not reach it."""
        found = {
            name: each["agreement"][each["headline"] if self.key == HEADLINE else self.key]
            for name, each in report["questions"].items()
        }
        return [self._failure(name, each) for name, each in found.items() if not self._reached(each)] or (
            [] if found else ["no question was answered, so nothing reaches the bound"]
        )

    def _reached(self, found: Mapping[str, Any]) -> bool:
        low = found.get("low")
        return low is not None and float(low) >= self.bound

    def _failure(self, name: str, found: Mapping[str, Any]) -> str:
        if "undefined" in found:
            return f"{name}: {self.key} is undefined: {found['undefined']}."
        said = estimate(found)
        if found.get("low") is None:
            return f"{name}: {self.key} is {said}, without an interval: {found.get('no_interval', 'not known')}."
        return f"{name}: {self.key} is {said}; its lower limit does not reach {coefficient(self.bound)}."
