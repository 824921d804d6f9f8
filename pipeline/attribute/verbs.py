"""The verbs that report, made by hand, with the frames that hold what they report.

A verb's frames say what can hold the content: ``c`` a clause or an adjacent quotation, ``i`` an infinitive, ``o`` its
object, ``e`` its object where the subject is a poll or the like (*polls show a lead*), ``p`` an object with an
infinitive (*urge them to*), ``q`` *it* (*put it*), ``n`` an object with a name for it (*call it a lie*). Prepositions
that may open the content are listed beside the frames.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.attribute.forms import forms, words
from pipeline.records import Force


class VerbCue(NamedTuple):
    """A verb that can report: its base form, its force, its frames, and the prepositions that open its content."""

    base: str
    force: Force
    frames: frozenset[str]
    prepositions: frozenset[str]


_SPEECH = {
    "c": """add admit allege answer apologise apologize articulate attest aver banter bark beam bellow blare blog blurt
        bluster boast boom brag carp caution certify chant cheer chide chime chirp chuckle claim clarify coach
        comment complain concede conclude concur confess confide contend continue correct counter croak crow cry
        deadpan decree demur depose disagree dissent drawl editorialize elaborate emphasise emphasize enquire enthuse
        exclaim exhort explain expound foretell forewarn fume gasp gloat gripe groan grouse growl grumble gush hint hiss
        holler howl huff inquire insinuate insist interject interrupt intimate intone jeer joke lament laugh
        lecture lie maintain marvel moan mumble murmur muse mutter nod note object observe opine plead pontificate
        posit post postulate preach proclaim profess pronounce protest query quip rage rant rave read reason recall
        reckon recollect recount reflect reiterate rejoin relate remark reminisce repeat reply respond retell
        retort retweet reveal rhapsodize riff roar scoff scold scream shout shriek shrug sigh signal sing smirk
        snap snarl sneer sniff snipe snort sob specify speculate spout sputter stammer state stipulate stress
        stutter submit suggest summarise summarize surmise swear taunt tease testify theorise theorize thunder
        tweet underline underscore utter vent venture volunteer wail warble weep whine whisper wisecrack write yell
        yelp""",
    "co": """acknowledge affirm announce argue assert assure avow bemoan confirm convey declare decry deny detail
        disclose divulge guarantee inform mention narrate notify predict preface promise quote reaffirm reassert
        reassure remind report restate say spell teach tell tout trumpet verify""",
    "cip": "advise ask beg beseech demand implore instruct petition plead propose recommend request urge warn",
    "ci": "agree claim pledge profess purport swear threaten volunteer vow",
    "q": "put",
    "n": """brand call characterise characterize deem depict describe dub hail herald label portray proclaim pronounce
        term""",
    "o": """admit allege answer blurt chant cite claim clarify croon e-mail email emphasize explain expound note observe
        post read recite recount reel rehash reiterate relate repeat reveal specify state stress suggest text tweet
        underline utter voice volunteer""",
}
_SPEECH_PREPOSITIONS = {
    "of": "accuse assure boast brag complain inform remind say speak tell warn write",
    "about": """ask boast brag comment complain gripe grumble inquire joke lie muse preach rant speak speculate talk
        tell testify tweet warn write""",
    "as": "refer",
    "to": "admit allude attest confess refer swear testify",
    "on": "comment elaborate expound insist opine remark report speculate",
    "for": "apologise apologize ask call plead",
    "against": "argue rail warn",
}
_ATTITUDE = {
    "c": """anticipate appreciate assume believe bet calculate charge conceive conclude deduce demonstrate discover
        dispute doubt dream envisage envision estimate fancy fathom feel figure find forecast foresee forget gather
        guess hear hold hypothesize imagine imply indicate infer judge know learn mean mistrust notice perceive presume
        pretend project prophesy prove question realise realize reckon recognise recognize regret remember resent
        rule see sense show suppose surmise suspect think trust understand wonder worry""",
    "ci": """agree aspire choose decide decline determine elect expect fear hope intend opt plan pray prefer refuse
        resolve threaten vow wish""",
    "i": """aim attempt deign desire fight hesitate long offer opt pledge promise scramble seek strive swear undertake
        vie volunteer want yearn""",
    "ip": "ask expect intend prefer want wish",
    "e": "demonstrate detail document estimate find indicate project reveal show suggest",
    "p": """allow authorise authorize beckon challenge command compel convince counsel dare direct discourage encourage
        enjoin exhort forbid inspire invite lobby motivate nudge order permit persuade press pressure prod provoke
        push task tell tempt train""",
    "n": """cast compare consider deem denounce deride dismiss frame hold identify liken mock name paint perceive
        picture pitch rate regard ridicule see treat view""",
    "o": """abhor acclaim accuse address admire admonish adore advocate applaud appreciate approve assail attack
        authorize back bash belittle bemoan berate blame blast bless caricature castigate censure challenge
        champion chastise chide commend concede condemn condone congratulate contest contradict credit criticise
        criticize debunk decry defend demand denigrate denounce deny deplore deride despise detest disavow discount
        discredit discuss disdain dislike dismiss disparage dispute distrust dodge doubt downplay dread echo
        embrace emphasize encourage endorse envision envy espouse exaggerate excoriate expect expose extol fault
        favor favour fear flout foresee forgive hail hammer hate highlight honor honour ignore imply impugn indict
        insult invoke justify lambast lambaste lament lampoon laud like list loathe love lust malign mention
        minimise minimize misrepresent mock mourn needle nominate offer oppose outline overrule pan pillory pitch
        pledge plug ponder praise prefer prescribe preview profess promote propose protest pummel query question
        rap rebuff rebuke rebut recall recommend reference refute regret reject relish remember renounce reprimand
        repudiate request resent resist revile ridicule rip salute savage scold scorn scrutinize seek shun skewer
        slam slight smear sponsor spotlight spurn stress support suspect target tease thank threaten tout trash
        trumpet trust underscore uphold urge value veto vilify vouch want warn weigh welcome worry worship""",
}
_ATTITUDE_PREPOSITIONS = {
    "about": """agonize argue ask blog boast brag care chat debate dream elaborate feel forget fret fume gush hear joke
        know laugh learn obsess rave reminisce scream shout talk think vent whine wonder worry yell""",
    "of": "accuse approve conceive convict despair disapprove dream hear know learn repent suspect talk think tire",
    "for": """advocate aim angle apologize appeal argue beg blame call campaign clamor fear hope lobby long look opt
        plead pray press push root settle thank vote vouch wish yearn""",
    "with": "agree align charge concur differ disagree identify quibble side sympathise sympathize",
    "to": """agree allude appeal aspire commit compare consent liken look object pivot plead point refer respond
        subscribe""",
    "on": "agree call decide dwell elaborate expand focus harp insist muse opine reflect ruminate waver weigh",
    "upon": "call expand reflect remark touch",
    "over": "agonize argue fret fume gloat obsess protest quarrel worry",
    "in": "believe delight revel trust",
    "against": """advise argue campaign caution come decide fight inveigh lash lobby plead preach protest push rail
        rally speak testify vote""",
    "at": "balk bristle chafe gasp hint jeer lash laugh marvel rage rail recoil scoff sneer swipe",
}


def _verbs() -> dict[str, VerbCue]:
    """Merge the tables above into one cue a verb; a verb of speech that is also an attitude stays speech."""
    frames: dict[str, set[str]] = {}
    prepositions: dict[str, set[str]] = {}
    speech: set[str] = set()
    for force, table, opened in (("speech", _SPEECH, _SPEECH_PREPOSITIONS), ("", _ATTITUDE, _ATTITUDE_PREPOSITIONS)):
        for letters, verbs in table.items():
            for verb in verbs.split():
                frames.setdefault(verb, set()).update(letters)
                if force:
                    speech.add(verb)
        for preposition, verbs in opened.items():
            for verb in verbs.split():
                frames.setdefault(verb, set())
                prepositions.setdefault(verb, set()).add(preposition)
    return {
        verb: VerbCue(
            verb,
            "speech" if verb in speech else "attitude",
            frozenset(letters),
            frozenset(prepositions.get(verb, ())),
        )
        for verb, letters in frames.items()
    }


VERBS = _verbs()
"""Every cue verb by its base form."""

_WITH_PARTICLE = {
    "point": "out",
    "shoot": "back",
    "fire": "back",
    "hit": "back",
    "go": "on",
    "chime": "in",
    "spell": "out",
}
"""Verbs that report a clause with this word right after them: *point out that*, *shoot back*."""

FORMS = {form: cue for cue in VERBS.values() for form in forms(cue.base)}
"""Every cue verb by each of its forms, lower case."""

PARTICLE_FORMS = {
    form: (particle, VerbCue(verb, "speech", frozenset("c"), frozenset()))
    for verb, particle in _WITH_PARTICLE.items()
    for form in forms(verb)
}
"""For each form of these verbs the word that must follow, and the cue that the two make."""

CUE_WORDS = FORMS.keys() | PARTICLE_FORMS.keys()
"""The words that can be a cue, alone or with the word after them."""

STANCES = words(
    """advise agree beg bemoan beseech chide concur decry deny detail disagree guarantee hail hint implore instruct
    lament mention petition plead pledge posit postulate pray preface profess promise propose purport quote recommend
    request signal speculate surmise swear teach tease threaten tout trumpet underscore urge vow"""
)
"""Verbs of speech whose clause says what somebody intends, feels or supposes, and not what was stated."""

THINKS_ALOUD = words("think wonder ask agree promise vow believe feel fear hope charge")
"""Verbs of thought that can bring in a quotation."""
