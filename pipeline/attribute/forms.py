"""Inflected forms of English verbs: from a base form to every form of it, without a table of the whole language."""

from __future__ import annotations

import re
from collections.abc import Iterator

_IRREGULAR = {
    base: tuple(forms)
    for base, *forms in (
        line.split()
        for line in """
        say says saying said
        tell tells telling told
        write writes writing wrote written
        think thinks thinking thought
        know knows knowing knew known
        feel feels feeling felt
        see sees seeing saw seen
        hear hears hearing heard
        find finds finding found
        show shows showing showed shown
        mean means meaning meant
        read reads reading read
        speak speaks speaking spoke spoken
        swear swears swearing swore sworn
        forget forgets forgetting forgot forgotten
        forecast forecasts forecasting forecast forecasted
        foresee foresees foreseeing foresaw foreseen
        understand understands understanding understood
        hold holds holding held
        choose chooses choosing chose chosen
        seek seeks seeking sought
        beg begs begging begged
        begin begins beginning began begun
        bet bets betting bet
        cast casts casting cast
        put puts putting put
        give gives giving gave given
        get gets getting got gotten
        go goes going went gone
        make makes making made
        take takes taking took taken
        send sends sending sent
        sing sings singing sang sung
        spell spells spelling spelled spelt
        dream dreams dreaming dreamed dreamt
        learn learns learning learned learnt
        lie lies lying lied
        have has having had
        forbid forbids forbidding forbade forbidden
        forgive forgives forgiving forgave forgiven
        withdraw withdraws withdrawing withdrew withdrawn
        uphold upholds upholding upheld
        overrule overrules overruling overruled
        admit admits admitting admitted
        commit commits committing committed
        submit submits submitting submitted
        rebut rebuts rebutting rebutted
        regret regrets regretting regretted
        prefer prefers preferring preferred
        refer refers referring referred
        infer infers inferring inferred
        demur demurs demurring demurred
        shoot shoots shooting shot
        hit hits hitting hit
        signal signals signaling signaled signalling signalled
        label labels labeling labeled labelling labelled
        model models modeling modeled
        travel travels traveling traveled
        permit permits permitting permitted
        compel compels compelling compelled
        extol extols extolling extolled
        concur concurs concurring concurred
        fight fights fighting fought
        weep weeps weeping wept
        dwell dwells dwelling dwelt dwelled
        vie vies vying vied
        come comes coming came
        bring brings bringing brought
        draw draws drawing drew drawn
        meet meets meeting met
        counsel counsels counseling counseled counselling counselled
        """.strip().splitlines()
    )
}
_VOWELS = "aeiou"
_DOUBLED = re.compile(r"(?:qu|[^aeiou])+[aeiou][^aeiouwxy]")
"""Verbs of one syllable that end in one consonant after one vowel: *slam*, *quip*."""


def forms(base: str) -> tuple[str, ...]:
    """Every form of a verb, the base first. Of several words the first is inflected: *called off* of *call off*."""
    verb, _, rest = base.partition(" ")
    found = tuple(dict.fromkeys((verb, *(_IRREGULAR.get(verb) or _regular(verb)))))
    return tuple(f"{form} {rest}" for form in found) if rest else found


def _regular(verb: str) -> Iterator[str]:
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        yield from (f"{verb[:-1]}ies", f"{verb}ing", f"{verb[:-1]}ied")
    elif verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        yield from (f"{verb}s", f"{verb[:-1]}ing", f"{verb}d")
    elif _DOUBLED.fullmatch(verb):
        yield from (f"{verb}s", f"{verb}{verb[-1]}ing", f"{verb}{verb[-1]}ed")
    elif verb.endswith(("s", "x", "z", "ch", "sh")):
        yield from (f"{verb}es", f"{verb}ing", f"{verb}ed")
    elif verb.endswith("e"):
        yield from (f"{verb}s", f"{verb}ing", f"{verb}d")
    else:
        yield from (f"{verb}s", f"{verb}ing", f"{verb}ed")


def words(text: str) -> frozenset[str]:
    """A set of the words of a text, for tables that are read as prose."""
    return frozenset(text.split())
