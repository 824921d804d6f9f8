"""The cue words that are no verbs, made by hand: nouns, adjectives, set phrases, and words for who can speak."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.attribute.forms import forms, words
from pipeline.attribute.verbs import FORMS
from pipeline.records import Force


def _forms_of(bases: str) -> frozenset[str]:
    return frozenset(form for base in bases.split() for form in forms(base))


IMPERSONAL = words("it there that this you nobody none nothing anyone anybody everything anything")
"""Subjects that mean nobody in particular."""

DATES = words(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September
    October November December"""
)

EVIDENCE = words(
    """poll polls survey surveys study studies research data figures numbers results records record analysis video
    videos report reports estimates estimate statistics documents filings returns evidence average tally review"""
)
"""What shows things without saying them."""

INVERTED = words(
    """Said Says Wrote Writes Added Adds Stated States Noted Notes Explained Explains Continued Continues Replied
    Replies Tweeted Tweets Concluded Concludes Declared Declares Recalled Recalls Observed Observes Remarked
    Quipped Warned"""
)
"""Verbs that open a sentence right before the name of who speaks: *Wrote Holm: ...*."""
RELATIVES = words("who which that whom whose")
DOCUMENTS = words(
    """statement statements memo memos letter letters email emails e-mail e-mails message messages tweet tweets post
    posts release releases note notes op-ed column editorial article report reports speech speeches remarks comments
    comment interview interviews announcement video ad ads advertisement spot footage clip transcript filing affidavit
    testimony press book essay blog text communique communiqué resolution ruling opinion brief complaint lawsuit
    petition appeal claim warning"""
)
ISSUING = _forms_of(
    """issue release publish post send deliver give make put distribute circulate write file air run read tweet sign
    launch offer provide produce record leave draft submit email text"""
)
THINGS = words(
    """act action actions attack attacks attempt attempts ban bid book bill bills business case cases challenge chance
    change changes chat chats choice choices claim crisis culture day days deal deals debate debates deficit dollars
    effort efforts election evening event events fact facts fear fight focus future goal growth idea ideas image issue
    issues job jobs law laws life loss losses manner market measure measures meeting meetings method moment money
    month months move moves music name night nothing pace part performance plan plans point points policies policy
    praise price prices problem problems project race rate rates reaction reason reasons result results rise risk rule
    rules scale session side sign signs spending step steps story strategy style success system systems tactic tactics
    tax taxes theory thing things time times tool tools town trade tradition trend trip trouble value values victory
    violence vote votes war way week weeks win word work year years"""
)
"""Nouns for what cannot say or think anything."""

ROLE_WORDS = words(
    """spokesman spokeswoman spokesperson spokespeople spokesmen aide aides adviser advisers advisor advisors lawyer
    lawyers attorney representative representatives official officials manager director chief secretary strategist
    consultant analyst editor reporter correspondent columnist professor chairman chairwoman chair president minister
    senator governor mayor congressman congresswoman ambassador commissioner administrator executive ceo founder
    leader member candidate nominee economist expert judge justice officer commander general sheriff prosecutor wife
    husband son daughter brother sister father mother friend colleague counsel envoy deputy head coach author
    chancellor captain skipper pilot engineer owner operator organizer organiser resident neighbor neighbour survivor
    victim witness teacher nurse doctor surgeon scientist researcher historian biologist ecologist farmer fisherman
    photographer filmmaker singer actor actress artist musician poet guitarist pollster driver volunteer activist
    campaigner councillor councilman councilwoman lawmaker legislator trustee treasurer librarian pastor priest bishop
    rabbi imam spinner striker midfielder goalkeeper defender winger bowler batsman quarterback pitcher mp msp
    mep td mla cfo coo"""
)
"""Nouns for what a person does, is or is to somebody; a name beside one names that person."""

SPOKES_WORDS = words(
    """spokesman spokeswoman spokesperson spokespeople spokesmen aide adviser advisor lawyer attorney representative
    manager secretary surrogate publicist counsel envoy"""
)

NOUN_CUES: dict[str, Force] = {
    **dict.fromkeys(
        words(
            """accusation acknowledgment acknowledgement admission allegation announcement answer apology argument
            assertion assurance call claim comment complaint concession confession confirmation contention declaration
            denial description disclosure endorsement explanation insistence insinuation lament message mention note
            observation pledge plea prediction promise proposal question reassurance rebuke recommendation refusal
            remark reply report request response retort revelation speculation statement suggestion testimony threat
            tweet urging vow warning word criticism condemnation denunciation demand chant shout cheer jeer cry"""
        ),
        "speech",
    ),
    **dict.fromkeys(
        words(
            """agreement approval assessment assumption attack attitude belief concern confidence conviction conclusion
            decision desire disapproval dissatisfaction doubt dream estimate estimation expectation fear finding guess
            hope idea impression intention interest interpretation judgment judgement knowledge notion opinion
            opposition perception plan praise preference pride realization refusal regret resolve ruling sense
            skepticism scepticism support suspicion theory thought understanding view vision willingness wish worry"""
        ),
        "attitude",
    ),
}
"""Nouns that report, in the singular, with their force."""

ADJECTIVES = words(
    """adamant afraid alarmed amazed ambivalent angry anxious appalled apprehensive ashamed astonished aware bullish
    careful cautious certain clear cognizant concerned confident content convinced critical curious delighted
    desperate determined disappointed disgusted disillusioned dismayed dismissive distrustful doubtful dubious
    eager ecstatic elated emphatic enamored enamoured enraged enthusiastic exasperated excited fearful fond
    frightened frustrated furious glad grateful happy hesitant hopeful horrified hostile impressed inclined
    indifferent infuriated insistent intent interested irritated jealous keen leery loath mindful nervous offended
    opposed optimistic outraged outspoken passionate perplexed pessimistic pleased positive proud puzzled ready
    receptive relieved reluctant resentful sad satisfied scared sceptical shocked skeptical sorry stunned
    supportive sure surprised suspicious sympathetic thankful thrilled troubled unaware uncertain unconvinced
    undecided uneasy unhappy unsure unwilling upset vocal wary weary willing worried"""
)
HEDGES = words("allegedly reportedly supposedly purportedly rumored rumoured apparently seemingly")
PASSIVE_HEDGES = _forms_of(
    """accuse allege announce assume believe blame brand call charge consider criticize deem depict describe disclose
    dub estimate expect forecast hail know label perceive portray predict presume project rank rate regard report
    reveal rumor rumour say see suppose suspect think treat view"""
)
SEEMING = _forms_of("seem appear look sound")
NO_COMMENT_VERBS = _forms_of("decline refuse respond reply return answer comment")
NO_COMMENT = words(
    "comment comments request requests message messages inquiry inquiries email emails call calls question questions"
)
UNRESPONSIVE = words("unresponsive unavailable unreachable")
LIGHT = _forms_of(
    """make give issue have express voice offer raise provide deliver hold share repeat reject deny echo dismiss
    receive add"""
)
"""Verbs that say little more than that their object was uttered or held."""

MET = _forms_of(
    """attract bring cause deflect dodge draw duck earn elicit evade face field fuel generate get hear ignite invite
    meet produce prompt provoke raise receive spark spur stir stoke suffer survive trigger weather withstand"""
)
"""Verbs whose subject is met by a statement, or gives rise to it, rather than makes it."""

_OTHER_TRIGGERS = words(
    "according per poll polls survey surveys reached spokesman spokeswoman spokesperson quoted quote"
)


NATIONALS = words(
    """american argentine argentinian australian austrian belgian brazilian briton bulgarian canadian chilean colombian
    croat croatian cuban dutchman egyptian englishman englishwoman ethiopian frenchman frenchwoman german ghanaian greek
    hungarian indian iranian irishman irishwoman israeli italian jamaican kenyan mexican moroccan nigerian norwegian
    pakistani romanian russian scot scotsman scotswoman serb serbian slovak slovenian spaniard swede tunisian turk
    ukrainian welshman lankan african zealander rican"""
)
"""One from a country, which after *the* means somebody named before: *the Spaniard*."""

_SELDOM = words(
    """text campaign state states tweet debate like long clear held votes name side rate points polls back means list"""
)
"""Cue words that, alone in their sentence, never brought an attribution: in 400 articles, 564 times."""


def may_attribute(sentence: Sequence[str]) -> bool:
    """Whether the lower-case words of a sentence can hold an attribution, so that it is worth parsing.

    They can if one is a cue; words that are one but seldom need *that* in their sentence, as in *the rules state that*.
    """
    cues = _TRIGGERS.intersection(sentence)
    return bool(cues) and (not cues <= _SELDOM or "that" in sentence)


def noun_cue(word: str) -> Force | None:
    """The force of a reporting noun in singular or plural; ``None`` for another word."""
    force = NOUN_CUES.get(word)
    if force is None and word.endswith("s"):
        force = NOUN_CUES.get(word[:-1]) or (NOUN_CUES.get(f"{word[:-3]}y") if word.endswith("ies") else None)
    return force


def _plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


_TRIGGERS = (
    frozenset(FORMS)
    | frozenset(NOUN_CUES)
    | frozenset(map(_plural, NOUN_CUES))
    | ADJECTIVES
    | HEDGES
    | PASSIVE_HEDGES
    | SEEMING
    | NO_COMMENT_VERBS
    | UNRESPONSIVE
    | _OTHER_TRIGGERS
)
