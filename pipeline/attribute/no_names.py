"""Words that stand with a capital and are no names: at the start of a sentence, of a month, of a people."""

from __future__ import annotations

from pipeline.attribute.forms import words
from pipeline.attribute.lexicon import INVERTED, NATIONALS

OFTEN_NO_NAME = words(
    """A About Above According Across After Again Against Ago All Allegedly Along Already Also Although Always Amid
    Among An And Another Any Anyone Anything Are Around As Asked At Back Be Because Been Before Behind Being Below
    Besides Best Better Between Beyond Both But By Can Clearly Could Currently Despite Did Do Does During Each
    Earlier Early Either Else Especially Even Ever Every Everybody Everyone Everything Except Few Finally First Five
    For Formerly Four From Further Get Getting Given Giving Go Going Good Got Had Has Have Having He Hello Her Here
    Hers Herself Hey Him Himself His How However I I'd I'll I'm I've If In Including Indeed Inside Instead Into Is
    It It's Its Itself Just Know Last Late Later Least Less Let Let's Like Likely Look Make Making Many May Maybe Me
    Meanwhile Might Mine More Moreover Most Much Must My Myself Near Nearly Never Nevertheless New Next No Nobody
    None Nonetheless Nor Not Nothing Now Of Off Oh Ok Okay On Once One Only Or Other Others Otherwise Our Out
    Outside Over Overall Part People Per Perhaps Please Put Quite Rather Recently Right Said Saying Says See Several
    She Should Similarly Since Six So Some Somebody Someone Something Sometimes Soon Still Such Take Ten Than Thank
    Thanks That That's The Their Them Then There There's These They They're Think This Those Though Three Through
    Throughout Thus To Today Together Tomorrow Tonight Too Toward Two Under Unless Unlike Until Up Upon Us Use Very
    Want Was We We're Well Were What What's When Whenever Where Whether Which While Who Whoever Whom Whose Why Will
    With Within Without Would Yeah Yes Yesterday Yet You You're Your Monday Tuesday Wednesday Thursday Friday
    Saturday Sunday Photo Photos Video Read Watch Updated Getty Abstract"""
)
PEOPLES = frozenset(
    {"Sri Lankan", "South African", "New Zealander", "South Korean", "North Korean", "Puerto Rican", "Costa Rican"}
)
NEVER_ALONE = frozenset(name.capitalize() for name in NATIONALS) | words(
    """January February March April June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Christmas Easter American Americans British Russian Russians Chinese European
    French German Israeli Iranian English Spanish Muslim Muslims Jewish Christian Christians Latino Latinos Hispanic
    Hispanics Black White Asian African Mexican Mexicans Syrian Islamic Ukrainian Internet Twitter Facebook
    Instagram YouTube God New North South East West Northern Southern Eastern Western House Department President
    Senator Governor Mr Mrs Ms Democrat Democrats Republicans Republican Democratic Congressional PAC PACs CEO TV US
    U.S UK AM PM Italian Italians Greek Greeks Turkish Turks Swedish Norwegian Danish Dutch Belgian Swiss Austrian
    Polish Czech Hungarian Romanian Bulgarian Irish Scottish Welsh Portuguese Brazilian Canadian Canadians
    Australian Cuban Cubans Venezuelan Colombian Japanese Korean Koreans Vietnamese Indian Indians Pakistani Afghan
    Afghans Iraqi Iraqis Saudi Saudis Egyptian Palestinian Palestinians Arab Arabs Kurdish Kurds Libyan Nigerian
    Kenyan Somali Ethiopian Soviet Soviets Nazi Catholic Catholics Protestant Evangelical Evangelicals Buddhist
    Hindu Mormon Sunni Shiite Jew Jews Islam Medicare Medicaid Obamacare Brexit Millennial Millennials Latin Native
    Pacific Atlantic Arctic Jan Feb Aug Sept Oct Nov Dec First Second Third Ore Ala Ariz Ark Calif Colo Conn Del Fla
    Ga Ill Ind Kan Ky La Mass Md Mich Minn Mo Mont Neb Nev Okla Pa Tenn Tex Va Vt Wash Wis Wyo BYLINE
    HOST ANCHOR SOUNDBITE MUSIC M.D Ph.D MD PhD Esq MP MPs MLA MLAs
    MSP MSPs TD TDs MEP MEPs CFO COO"""
).union(PEOPLES)
OPENING_WORDS = INVERTED | words(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday Referencing Echoing Praising Mocking Quizzing
    Following Speaking Citing Calling Noting Quoting Regarding Concerning Considering Facing Meeting Joining Having
    Introducing Backing Supporting Criticizing Attacking Slamming Accusing Defending Replacing Beating Defeating
    Comparing Being Asking Telling Claiming Arguing Writing Appearing Stop Vote Imagine Maybe Enter Call Dear Fellow"""
)
"""Words that open a sentence right before a name and are no part of it."""
