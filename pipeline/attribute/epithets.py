"""Words for who somebody is, as a trade, a body or a firm, and what they tell of whom a description means."""

from __future__ import annotations

import re

from pipeline.attribute.forms import words
from pipeline.attribute.gender import gender_of_words
from pipeline.attribute.lexicon import DOCUMENTS, NATIONALS, ROLE_WORDS
from pipeline.attribute.organisations import is_place, looks_like_organisation
from pipeline.records import SpeakerKind

EPITHETS = words(
    """businessman businesswoman billionaire mogul tycoon magnate celebrity actress actor singer comedian documentarian
    filmmaker politician lawmaker frontrunner front-runner candidate nominee contender hopeful incumbent challenger
    senator governor congressman congresswoman mayor neurosurgeon surgeon physician author star Texan Floridian
    republican democrat libertarian socialist conservative liberal developer entrepreneur novelist painter playwright
    musician rapper quarterback striker midfielder winger defender goalkeeper batsman batter bowler golfer sprinter
    cyclist jockey boxer wrestler champion winner loser veteran newcomer youngster pensioner boss skipper native"""
)
"""Words that take up again somebody who was named before, rather than bring in somebody new."""

MANY = words(
    """many some several most few dozens hundreds thousands both all others another half majority number lot lots
    plenty more none people those"""
)
OFFICES = words("speaker leader chancellor premier pope bishop commander moderator host anchor treasurer")
_AGED = re.compile(r"(?:\d+|[a-z]+)[- ]year[- ]old\b(?!\s[a-z]+$)|(?:grand)?(?:father|mother)[- ]of[- ]\w+")
"""*the 54-year-old*, *the mother of three*: somebody named before."""
_BROUGHT_IN = words(
    """list civilian guardian pedestrian tourist motorist cyclist terrorist therapist specialist scientist activist
    lobbyist historian technician economist columnist strategist artist"""
)
"""Words in *-ist* and *-ian* that bring in somebody new as a rule, where *the retired machinist* takes up somebody."""
_GROUPS = words("duo pair trio couple group crowd media public")
PEOPLE = words(
    """source insider observer critic supporter opponent activist organizer operative pollster voter protester donor
    resident neighbor neighbour witness victim nurse doctor teacher farmer worker student engineer scientist
    researcher historian blogger pundit commentator host moderator delegate lobbyist fan staffer detective inspector
    captain lieutenant colonel sergeant pastor priest bishop imam rabbi king queen prince princess pope lawmaker
    businessman businesswoman billionaire mogul person veteran pilot driver owner teenager fellow scholar"""
)
TRADES = words(
    """schoolteacher headteacher professor lecturer academic trader vendor shopkeeper grocer baker butcher farmer
    rancher fisherman plumber electrician carpenter welder mechanic architect accountant banker dentist vet
    veterinarian pharmacist tailor dancer freshman sophomore pastor imam rabbi monk nun mp mla msp td mep
    councillor councilman councilwoman alderman legislator backbencher surfer swimmer runner climber hiker
    retiree grandmother grandfather campaigner sculptor poet conductor composer programmer"""
)
"""Words that take up whoever was talked about just before, where the article has not had them yet.

Not so *the doctor*, *the pilot* and the like, whom a story has without bringing them in.
"""
ROLES = ROLE_WORDS | EPITHETS | PEOPLE | OFFICES | TRADES
"""All that says what a person is or does."""
FIRMS = words(
    """company firm newspaper paper network agency airline automaker retailer carmaker bank broadcaster chain
    supermarket chipmaker drugmaker brewer lender insurer miner startup start-up charity publisher railway
    utility regulator watchdog"""
)
"""Words that take up the organisation that was named just before."""
_BODIES = words("bench jury panel utility regulator watchdog military army")


def kind_of(text: str, head: str, plural: bool) -> SpeakerKind:
    """What a description without a name describes, by its head word."""
    if head in MANY or head in _GROUPS or plural:
        return "group"
    if is_role(head) or takes_up(head, text) or gender_of_words(head):
        return "person"
    if head in DOCUMENTS:
        return "unknown"
    if head in _BODIES:
        return "organisation"
    found = re.search(re.escape(head), text, re.IGNORECASE)
    named = text[: found.end()] if found and found[0][:1].isupper() else head
    return "organisation" if looks_like_organisation(named) or is_place(named) else "unknown"


def takes_up(head: str, text: str) -> bool:
    """Whether a description takes up again somebody who was named before, and brings in nobody new."""
    by_ending = head.endswith(("ist", "ian")) and head not in _BROUGHT_IN
    return head in EPITHETS or head in NATIONALS or by_ending or _AGED.match(text) is not None


def is_role(word: str) -> bool:
    """Whether a lower-case word says what a person is or does."""
    return word in ROLES
