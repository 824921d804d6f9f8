"""The verbs that report, made by hand, with the frames that hold what they report.

A verb's frames say what can hold the content: ``c`` a clause or an adjacent quotation, ``i`` an infinitive, ``o`` its
object, ``e`` its object where the subject is a poll or the like (*polls show a lead*), ``p`` an object with an
infinitive (*urge them to*), ``q`` *it* (*put it*), ``r`` a clause after *out* (*point out that*), ``n`` an object with
a name for it (*call it a lie*). Prepositions that may open the content are listed beside the frames.
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
    "c": """add admit allege answer articulate attest aver banter bark beam bellow blare boom blurt boast brag caution
        chant cheer chide chime chuckle coach claim clarify comment concede concur conclude confess confide
        contend continue correct counter croak crow cry deadpan demur drawl editorialize elaborate emphasise
        emphasize enthuse exclaim explain expound fume gasp gloat groan growl grumble gripe grouse gush hint
        holler howl hiss intone insist interject intimate jeer joke lament laugh maintain moan mumble murmur muse
        mutter note observe opine plead posit post postulate preach proclaim profess pronounce quip rage rant read
        reason recall reckon recollect recount reflect roar reiterate rejoin relate remark reminisce repeat reply
        respond retort retweet reveal rhapsodize riff scoff scream shout sigh smirk shriek snap sneer snipe sob
        stammer submit signal sing swear tease taunt specify speculate spout state stipulate stress suggest
        summarise summarize surmise testify theorize thunder tweet underline underscore utter venture vent
        volunteer wail warble whine whisper wisecrack write yell""",
    "co": """acknowledge affirm announce argue assert assure avow bemoan confirm convey declare decry deny detail
        disclose divulge guarantee inform mention narrate notify predict preface promise quote reaffirm report
        reassert reassure remind restate say spell teach tell tout trumpet verify""",
    "cip": "advise ask beg beseech demand implore instruct petition plead propose recommend request urge warn",
    "ci": "claim profess purport pledge swear threaten vow agree volunteer",
    "r": "point",
    "q": "put",
    "n": "call brand deem describe dub hail label proclaim pronounce characterise characterize depict portray term",
    "o": "blurt cite chant croon recite rehash reel tweet post text email e-mail",
}
_SPEECH_PREPOSITIONS = {
    "of": "warn complain boast brag speak tell say write accuse remind inform assure",
    "about": """complain joke speak talk write ask warn boast brag lie rant muse grumble gripe tweet speculate comment
        inquire preach tell testify""",
    "as": "refer",
    "to": "admit confess refer testify attest allude swear",
    "on": "comment elaborate expound insist report opine remark speculate",
    "for": "ask plead call apologize apologise",
    "against": "warn argue rail",
}
_ATTITUDE = {
    "c": """anticipate appreciate assume believe bet calculate conceive conclude deduce demonstrate discover doubt
        dream envisage envision estimate fancy fathom feel figure find forecast foresee forget gather guess hear
        hold hypothesize imagine imply indicate infer judge know learn mean mistrust notice perceive presume
        pretend prophesy project prove realise realize recognise recognize reckon regret remember resent rule see
        sense show question dispute suppose surmise suspect think trust understand wonder worry""",
    "ci": """agree aspire choose decide determine elect fear hope intend plan prefer pray refuse resolve threaten wish
        expect decline opt vow""",
    "i": """aim attempt deign desire fight hesitate long offer opt pledge promise scramble seek strive swear undertake
        volunteer vie want yearn""",
    "ip": "ask expect wish want intend prefer",
    "e": "show indicate find reveal suggest demonstrate document detail project estimate",
    "p": """allow authorise authorize beckon challenge command compel convince counsel direct discourage dare
        encourage enjoin exhort forbid inspire invite lobby motivate nudge order permit persuade press pressure
        prod provoke push task tempt tell train""",
    "n": """cast consider deem denounce deride dismiss mock paint perceive picture rate regard ridicule see treat view
        pitch frame compare liken hold""",
    "o": """abhor accept acclaim accuse admire admonish adore advocate applaud appreciate approve assail attack
        authorize back ban bash belittle berate blame blast bless bemoan castigate celebrate censure challenge
        champion chastise chide commend concede condemn condone contest contradict credit criticise criticize
        debunk decry defend demand denigrate denounce deny deplore deride despise detest discount discredit
        discuss disdain dismiss disparage dispute disavow doubt downplay embrace emphasize encourage endorse
        envision espouse excoriate exaggerate expect extol fault favor favour fear flout foresee forgive hail hate
        highlight honor honour imply indict insult invoke justify lament lambast lambaste lampoon laud like loathe
        love lust malign mention minimize minimise misrepresent mock mourn oppose outline overrule pan pitch plug
        ponder praise prefer prescribe preview profess promote propose protest question rebuff rebuke rebut recall
        recommend refute regret reject relish renounce repudiate request resent revile ridicule salute scold scorn
        scrutinize seek shun skewer slam slight smear spurn stress support suspect tease thank threaten tout trash
        trumpet trust underscore unveil uphold urge value vilify vouch want warn weigh welcome worship reprimand
        needle rap hammer pillory pummel rip savage
        caricature congratulate dodge echo expose flout ignore list nominate query resist spotlight sponsor target
        veto want worry""",
}
_ATTITUDE_PREPOSITIONS = {
    "about": "worry think care wonder know fret agonize hear learn talk",
    "of": "approve disapprove dream think accuse conceive suspect convict",
    "for": "call hope push advocate root pray wish lobby vote thank apologize campaign blame argue press",
    "with": "agree disagree side sympathize sympathise align",
    "to": "object point allude aspire refer commit consent respond compare liken look pivot",
    "on": "call agree insist dwell focus elaborate opine capitalize seize waver",
    "in": "believe delight",
    "against": "rail argue vote inveigh rally protest campaign speak come fight",
    "at": "hint scoff bristle balk sneer laugh lash swipe",
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
                speech |= {verb} if force else set()
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

FORMS = {form: cue for cue in VERBS.values() for form in forms(cue.base)}
"""Every cue verb by each of its forms, lower case."""

REPORTS_THINGS = words(
    """acknowledge admit announce ask claim complain confess confirm declare disclose joke repeat report reveal
    speculate tell testify warn write"""
)
"""Verbs whose object is reported words too: *announced a plan*, *warned of delays*."""

THINKS_ALOUD = words("think wonder ask agree promise vow believe feel fear hope")
"""Verbs of thought that can bring in a quotation."""
