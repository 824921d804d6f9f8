"""Things that can be done, and the nouns that name the doing: *investigate*, *an investigation into*.

News readers ask about deeds by their nouns; speakers call for them by verbs, often without naming the thing again
(*it ought to be looked into*). The lexicon is general English, and covers the usual business of politics.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A deed: nouns that take an object, and verbs for it as ``(base, gerund, participle)``."""

    nouns: tuple[str, ...]
    verbs: tuple[tuple[str, str, str], ...]


def _deed(nouns: str, *verbs: str) -> Deed:
    forms = [tuple(part.strip() for part in verb.split(",")) for verb in verbs]
    return Deed(
        nouns=tuple(noun.strip() for noun in nouns.split(",")),
        verbs=tuple((base, gerund, participle) for base, gerund, participle in forms),
    )


DEEDS = (
    _deed(
        "an investigation into, an inquiry into, a probe into",
        "investigate, investigating, investigated",
        "examine, examining, examined",
        "scrutinise, scrutinising, scrutinised",
        "look into, looking into, looked into",
    ),
    _deed("a review of", "review, reviewing, reviewed", "reconsider, reconsidering, reconsidered"),
    _deed("a ban on", "ban, banning, banned", "outlaw, outlawing, outlawed"),
    _deed("the abolition of", "abolish, abolishing, abolished", "scrap, scrapping, scrapped"),
    _deed("the legalisation of", "legalise, legalising, legalised", "permit, permitting, permitted"),
    _deed("funding for, subsidies for", "fund, funding, funded", "pay for, paying for, paid for"),
    _deed("support for", "support, supporting, supported", "back, backing, backed"),
    _deed("the protection of", "protect, protecting, protected", "defend, defending, defended"),
    _deed("sanctions against", "punish, punishing, punished", "sanction, sanctioning, sanctioned"),
    _deed("the approval of", "approve, approving, approved", "accept, accepting, accepted"),
    _deed("a tax on", "tax, taxing, taxed"),
    _deed("the regulation of, tighter rules for", "regulate, regulating, regulated"),
    _deed("a reform of", "reform, reforming, reformed", "overhaul, overhauling, overhauled"),
    _deed("the publication of", "publish, publishing, published", "disclose, disclosing, disclosed"),
    _deed("a delay of", "delay, delaying, delayed", "postpone, postponing, postponed"),
    _deed("the withdrawal of", "withdraw, withdrawing, withdrawn", "cancel, cancelling, cancelled"),
    _deed("the expansion of", "expand, expanding, expanded", "extend, extending, extended"),
    _deed("cuts to", "cut, cutting, cut", "reduce, reducing, reduced"),
    _deed("a vote on", "put to a vote, putting to a vote, put to a vote"),
    _deed("talks about", "discuss, discussing, discussed", "talk about, talking about, talked about"),
)
