"""Whom alone an article has quoted so far: whose a quotation is that nothing brings in, as long talks have them."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.attribute.findings import Finding
from pipeline.attribute.member import Member

ALONE = "sole speaker"
"""The rule of a quotation that nothing brings in."""
_QUOTES = frozenset({"quotation", "quotation before", "subject before", "colon", "named", "block", "clause"})


@dataclass(slots=True)
class Quoted:
    """Who has been quoted or reported so far, findings being noted in text order."""

    _members: dict[int, Member] = field(default_factory=dict)

    def note(self, finding: Finding, member: Member | None) -> None:
        """Take note of who has spoken in a finding."""
        if member is not None and finding.force == "speech" and finding.rule in _QUOTES:
            self._members.setdefault(id(member), member)

    def only(self) -> Member | None:
        """The one person so far; ``None`` where there are none or several."""
        found = next(iter(self._members.values()), None)
        return found if len(self._members) == 1 and found is not None and found.kind == "person" else None
