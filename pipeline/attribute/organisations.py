"""Organisations: names that are one and the same, places that stand for them, words that give them away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pipeline.attribute.forms import words
from pipeline.attribute.titles import NAME_SUFFIXES

_SAME = (
    ("Pentagon", "Department of Defense", "Defense Department", "Defence Department", "US Department of Defense"),
    ("White House",),
    ("Kremlin",),
    ("State Department", "Department of State", "US State Department", "Foggy Bottom"),
    ("Justice Department", "Department of Justice", "US Justice Department", "DOJ"),
    ("Treasury Department", "Department of the Treasury", "US Treasury", "Treasury"),
    ("Department of Homeland Security", "Homeland Security Department", "DHS"),
    ("Environmental Protection Agency", "EPA"),
    ("Federal Bureau of Investigation", "FBI", "F.B.I."),
    ("Central Intelligence Agency", "CIA", "C.I.A."),
    ("National Security Agency", "NSA"),
    ("National Security Council", "NSC"),
    ("Federal Reserve", "Fed", "Federal Reserve Board"),
    ("Supreme Court", "US Supreme Court"),
    ("Congress", "Capitol Hill"),
    ("Downing Street", "No 10", "No. 10", "Number 10", "10 Downing Street"),
    ("Foreign Office", "Whitehall", "Foreign, Commonwealth and Development Office", "FCDO"),
    ("Home Office",),
    ("Scotland Yard", "Metropolitan Police", "Met Police"),
    ("European Union", "EU", "E.U.", "Brussels"),
    ("European Commission",),
    ("European Central Bank", "ECB"),
    ("Bank of England", "Threadneedle Street"),
    ("United Nations", "UN", "U.N."),
    ("Security Council", "UN Security Council", "U.N. Security Council"),
    ("North Atlantic Treaty Organization", "NATO", "Nato"),
    ("World Health Organization", "World Health Organisation", "WHO"),
    ("International Monetary Fund", "IMF", "I.M.F."),
    ("International Atomic Energy Agency", "IAEA"),
    ("Democratic National Committee", "DNC", "D.N.C."),
    ("Republican National Committee", "RNC", "R.N.C."),
    ("Republican Party", "GOP", "G.O.P."),
    ("Democratic Party",),
    ("National Rifle Association", "NRA", "N.R.A."),
    ("New York Times", "The New York Times", "NYT"),
    ("Washington Post", "The Washington Post"),
    ("Wall Street Journal", "The Wall Street Journal", "WSJ"),
    ("Associated Press", "The Associated Press", "AP"),
    ("Al Jazeera",),
    ("British Broadcasting Corporation", "BBC"),
    ("Elysee Palace", "Élysée Palace", "Élysée", "Elysee"),
    ("NASA", "Nasa", "National Aeronautics and Space Administration"),
    ("Securities and Exchange Commission", "SEC", "S.E.C."),
    ("Internal Revenue Service", "IRS", "I.R.S."),
    ("Food and Drug Administration", "FDA", "F.D.A."),
    ("Centers for Disease Control and Prevention", "Centers for Disease Control", "CDC", "C.D.C."),
    ("Department of Health and Human Services", "Health and Human Services Department", "HHS"),
    ("Department of Housing and Urban Development", "HUD"),
    ("Office of Management and Budget", "OMB"),
    ("National Oceanic and Atmospheric Administration", "NOAA"),
    ("Immigration and Customs Enforcement",),
    ("Customs and Border Protection", "CBP"),
    ("Bureau of Alcohol, Tobacco, Firearms and Explosives", "ATF"),
    ("Organisation for Economic Co-operation and Development", "OECD"),
    ("Organization for Security and Cooperation in Europe", "OSCE"),
    ("Department for Environment, Food and Rural Affairs", "Defra", "DEFRA"),
    ("Department for Work and Pensions", "DWP"),
    ("Department of Health and Social Care", "DHSC"),
    ("Department for Culture, Media and Sport", "DCMS"),
    ("HM Revenue and Customs", "HMRC"),
    ("Health and Safety Executive", "HSE"),
    ("Equality and Human Rights Commission", "EHRC"),
)
WITH_AND = tuple(sorted((name for names in _SAME for name in names if " and " in name), key=len, reverse=True))
"""Names that an *and* stands in, the longest first: by their form they would be two."""

_WORDS = words(
    """administration agency airlines alliance army assembly association authority bank board broadcasting bureau
    cabinet campaign center centre chamber church club coalition college command commission committee company
    conference congress corp corporation corps council court crescent daily department directorate electric
    enterprises exchange federation force forces forum foundation front fund garda gazette government group guard herald
    holdings hospital house inc industries initiative institute institution intelligence international journal
    league limited ltd magazine media military ministry motors movement nations navy network news office organisation
    organization pac parliament party patrol plc police politico post press registry reserve school secretariat
    senate service services society studios systems television times treasury tribune trust tv union university
    watch workers yard"""
)
_FIRMS = words(
    """nv ag sa spa oyj asa bv gmbh pty bhd llc llp co capital partners ventures lobby lines power rail railway railways
    airways therapeutics pharmaceuticals pharma biosciences biotech foods energy telecom telecoms insurance securities
    investments pictures entertainment software labs laboratories robotics semiconductor semiconductors healthcare
    logistics supermarkets brewery brewing"""
)
"""Words that end firms' names."""
_LEGAL = words("inc corp corporation ltd limited plc group holdings company stores restaurants")
_ENDINGS = _FIRMS | _LEGAL
_PLACES = words(
    """afghanistan africa alabama alaska albany america argentina arizona arkansas asia atlanta australia austria
    baghdad baltimore beijing belgium berlin boston brazil britain california canada charlotte chicago chile china
    cleveland colorado columbia connecticut cuba dallas damascus delaware denmark denver detroit dublin edinburgh
    egypt england europe finland flint florida france gaza georgia germany greece hawaii houston hungary idaho
    illinois india indiana iowa iran iraq ireland israel italy japan jerusalem kansas kentucky kyiv libya london
    louisiana maine manchester maryland massachusetts mexico miami michigan milwaukee minneapolis minnesota
    mississippi missouri montana moscow nebraska netherlands nevada norway ohio oklahoma orlando oregon pakistan
    paris pennsylvania philadelphia phoenix pittsburgh poland portugal pyongyang russia scotland seattle seoul
    spain sweden switzerland syria taiwan tehran tennessee texas tokyo tulsa turkey ukraine utah vermont vietnam
    virginia wales washington wisconsin wyoming yemen"""
)
_PLACE_NAMES = frozenset(
    re.split(
        r",\s+",
        """new york, new jersey, new hampshire, new mexico, new orleans, new zealand, north carolina, las vegas, south
        carolina, north dakota, south dakota, west virginia, rhode island, los angeles, san francisco, san diego,
        saudi arabia, north korea, south korea, south africa, hong kong, united states, united kingdom, middle east,
        new york city, great britain, northern ireland, st. louis, puerto rico, us, u.s., uk, u.k., wall street,
        silicon valley, south florida, butler""",
    )
)
_PEOPLES = words(
    """republicans democrats conservatives liberals progressives moderates libertarians evangelicals catholics muslims
    christians jews americans britons russians ukrainians europeans germans israelis palestinians iranians iraqis
    syrians mexicans canadians hispanics latinos iowans californians texans floridians ohioans virginians marines
    gardai gardaí protesters voters people officials members friends sources others dozens hundreds thousands
    polls critics aides experts analysts supporters opponents residents lawmakers investors analysts economists
    scientists doctors"""
)
"""Many people, where a name of one could stand."""

_NOT_PEOPLE = words(
    """county city island islands valley beach avenue airport province district township river lakes mountains state
    states amendment act day week night year tuesday war plan deal agreement accord treaty debate convention caucus
    caucuses primary primaries election elections show games cup prize award awards summit constitution code clause
    doctrine rule story index tower towers hotel plaza center stadium arena building trail heights springs coast sea
    ocean gulf region village forest canyon square post-dispatch test report bowl sunday monday wednesday thursday
    friday saturday road street bridge bay project program programme fever nation media gop"""
)
"""Words that end the names of places, events and things, and seldom those of people."""

_BRANDS = words(
    """Google Yahoo Microsoft LinkedIn Twitter Facebook Instagram YouTube Apple Amazon Netflix Uber Airbnb Boeing Airbus
    Tesla SpaceX Intel Samsung Sony Toyota Volkswagen Walmart Starbucks Nike Disney Pfizer Exxon ExxonMobil Chevron
    Shell Alphabet Forbes Politico POLITICO Reuters Breitbart BuzzFeed Buzzfeed Vox Axios Slate Mediaite Newsmax
    Gallup Quinnipiac Pew Nielsen Gawker Telemundo Univision Xinhua Bloomberg.com Snapchat Spotify PayPal eBay IBM
    Hezbollah Hamas Taliban Interpol Amnesty Greenpeace Oxfam Unicef Nasdaq"""
)
_INNER_CAPITAL = re.compile(r"([A-Z]?[a-z]+)[A-Z]")
_NAME_PREFIXES = words("Mc Mac De Di Da Du La Le Van Von Fitz O Des Del St Lu")
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}s?|[A-Z]+-TV")
_IN_CAPITALS = re.compile(r"[A-Z]{3,}s?")
_OF = re.compile(r"\s(?:of|for)\s")
_ARTICLE = re.compile(r"^(?:the|The)\s+")


def bare(name: str) -> str:
    """A name without its article: *the Kremlin* is *Kremlin*."""
    return _ARTICLE.sub("", name)


class Aliases:
    """Which names are one organisation: the table here, extended by the user's; the user's word goes first."""

    def __init__(self, extra: Mapping[str, Iterable[str]]) -> None:
        self._main: dict[str, str] = {}
        for main, *others in _SAME:
            self._main.update(dict.fromkeys((bare(name).lower() for name in (main, *others)), main))
        for main, names in extra.items():
            self._main.update(dict.fromkeys((bare(name).lower() for name in (main, *names)), main))

    def main(self, name: str) -> str | None:
        """The table's first name for an organisation, by any of its names; ``None`` if the table has it not."""
        return self._main.get(bare(name).lower())


def is_place(name: str) -> bool:
    """Whether a name is a well-known country, state or city."""
    lower = bare(name).lower()
    return lower in _PLACES or lower in _PLACE_NAMES


def is_many(name: str) -> bool:
    """Whether a name is a word for many people: *Republicans*, *House Democrats*."""
    return name.rpartition(" ")[2].lower() in _PEOPLES


def ends_like_a_thing(name: str) -> bool:
    """Whether a name ends as those of places, events and things do: *Scott County*, *First Amendment*."""
    return name.rpartition(" ")[2].lower() in _NOT_PEOPLE


@lru_cache(maxsize=4096)
def looks_like_organisation(name: str) -> bool:
    """Whether a name has a word that only organisations have, or is an acronym."""
    parts = re.findall(r"[\w.&'’-]+", _OF.split(bare(name))[0])
    if len(parts) == 1:
        listed = parts[0].lower() in _WORDS or _is_brand(parts[0])
        return bool(_ACRONYM.fullmatch(parts[0])) or listed or "&" in name or is_owners_name(name)
    acronym = any(_IN_CAPITALS.fullmatch(part) and part not in NAME_SUFFIXES for part in parts) and not name.isupper()
    named_so = any(part.lower() in _WORDS for part in parts)
    named_so = named_so or any(part.rstrip(".").lower() in _FIRMS for part in parts[-1:])
    return acronym or named_so or "&" in name or is_owners_name(name)


def firm_stem(name: str) -> str:
    """A firm's name without what all firms' names end with: *Halvex NV* is *Halvex*."""
    parts = name.split()
    while len(parts) > 1 and parts[-1].rstrip(".").lower() in _ENDINGS:
        parts.pop()
    return " ".join(parts)


def is_owners_name(name: str) -> bool:
    """Whether a name is an owner's and so a firm's: *McDonald's*."""
    return name.endswith(("'s", "’s"))


def _is_brand(word: str) -> bool:
    """Whether one word is a well-known company's, or is written as only brands are: *LinkedIn*."""
    prefix = _INNER_CAPITAL.match(word)
    return word in _BRANDS or (prefix is not None and prefix.group(1) not in _NAME_PREFIXES)
