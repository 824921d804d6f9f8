"""What stands before an article's body: metadata lines, the headline, the dateline, all as places in the text.

Ingest takes an article's title and date from here and splitting takes the kinds of its sentences, so that both see
the same front. Everything is a guess from form alone and leans to the body: a line taken wrongly for a headline loses
a sentence that somebody may have said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.dates import MONTH, find_date
from pipeline.records import Span

_MAX_FRONT_LINES = 24
_MAX_METADATA = 160
_MAX_HEADLINE = 200
_LOOK_AHEAD = 2_000

_LINE = re.compile(r"[^\r\n]+")
_KEY = r"(?:(?:first|last)\s+)?(?:date|dated|published|updated|posted|modified|created|publication date|load-date)"
_STAMP_WORD = (
    rf"{MONTH}|(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b\.?|[ap]\.?m\b\.?"
    r"|(?:[ecmp][sd]?t|gmt|utc|bst|ist|cest|cet|at|on|of|the|st|nd|rd|th|t|z|ago|hours?|min(?:ute)?s?|days?)\b|"
    + rf"{_KEY}\b"
)
_STAMP = re.compile(rf"(?:{_STAMP_WORD}|[\d\s,.:;|/()+*•·–—-])+", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?:source|author|authors|byline|by|publisher|publication|section|category|tags|keywords|url|link|language"
    r"|location|copyright|words|word count|length|photo|image)\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_NAME = r"(?:[^\W\d_a-z][\w.'’-]*|and|of|the|for|de|del|der|den|di|da|van|von|al|el|bin|la|le|in|at|&)"
_BYLINE = re.compile(rf"(?:By|BY)\s+{_NAME}(?:(?:\s*[,|/]\s*|\s+){_NAME}){{0,14}}[.,]?")
_OTHER_METADATA = re.compile(
    r"\(\s*[A-Z][\w .&/-]{1,30}\)|(?:The )?Associated Press|Reuters|AP|AFP|UPI|Bloomberg|Agence France-Presse"
    r"|(?:[Cc]opyright\s+)?(?:©|\([Cc]\)|[Cc]opyright)\s*\d{4}\b.*|\d+ min(?:ute)?s?[ -][Rr]ead|https?://\S+"
    r"|ABSTRACT\.?|LETTERS\.?|[^\w\s\"'“”‘’«»]{2,}"
)
_DATE_PREFIX = re.compile(
    rf"(?:{_KEY}\s*:?\s*)?\d{{4}}-\d{{2}}-\d{{2}}(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"(?=\s+[^\s\d])(?:\s+[-–—|:](?=\s))?",
    re.IGNORECASE,
)
_TITLE_PREFIX = re.compile(r"(?:title|headline)\s*:(?=[^\S\r\n]*\S)|#{1,3}(?=[^\S\r\n]+\S)", re.IGNORECASE)

_CITY_WORD = r"[^\W\d_a-z](?:[^\W\d_a-z]|[.'’-](?=[^\W\d_a-z]))+|ST\.|MT\.|FT\."
_CITY = rf"(?:{_CITY_WORD})(?:\s(?:{_CITY_WORD}|de|of|la)){{0,2}}"
_REGION = r"[^\W\d_a-z][\w.’'-]*(?:\s[^\W\d_a-z][\w.’'-]*){0,2}"
_DAY = rf"(?i:(?:{MONTH}\s?\d{{1,2}}|\d{{1,2}}\s{MONTH})(?:,?\s\d{{4}})?)"
_AGENCY = r"\((?![DIR]-[A-Z])(?:[A-Z][A-Z&/. -]{1,20}|Reuters|Bloomberg|Xinhua|Kyodo|Yonhap|Agence France-Presse)\)"
_DASH = r"\s*(?:--|[–—―])\s*|\s+-\s+"
_REST = rf"(?:/{_CITY})?(?:,\s{_REGION})?(?:,\s{_DAY})?"
_DATELINE_WITH_AGENCY = re.compile(
    rf"(?:(?:{_CITY}|{_REGION}){_REST}\s|{_DAY}\s)?{_AGENCY}(?:{_DASH}|\s?:\s)"
    rf"|(?:{_CITY}|{_REGION}){_REST}\s?[/,]\s?(?:AFP|AP|Reuters|UPI|dpa|ANI|PTI)(?:{_DASH})"
    rf"|(?:{_CITY}|{_REGION}){_REST}\s?(?:/(?:PR|CN)[\w ,-]{{0,30}}/|(?:{_DASH})?\([A-Z ]+WIRE\))(?:{_DASH})"
)
_BARE_DATELINE = re.compile(rf"{_CITY}{_REST}(?:{_DASH})(?=[\"'“‘«]*[^\W_a-z])")
_NOT_A_PLACE = re.compile(
    r"(?:UPDATE|BREAKING|EXCLUSIVE|WATCH|OPINION|ANALYSIS|EDITORIAL|NEWS|VIDEO|LIVE|REPORT|POLL|CORRECTION|ADVISORY"
    r"|EDITOR|NOTE|PHOTOS?|READ|MORE|RELATED|ALERT|FACTBOX|EXPLAINER|INTERVIEW|COLUMN|BY)\b"
)
_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)]*(?=\s|$)")
_INNER_STOP = re.compile(r"[^\W\d_A-Z]{4,}[.!?]['\"”’)]*\s+\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The front of an article.

    `metadata` are time stamps, bylines, sources and the like; `headline` the headline; `dateline` the place, day and
    agency at the start of the first body paragraph, dash included (``LONDON, Oct 25 (AP) —``); `date` the first day
    that the metadata or the dateline names. The spans are disjoint, have no white space at their ends and stand
    before `body_start`, where the first body sentence begins.
    """

    metadata: tuple[Span, ...] = ()
    headline: Span | None = None
    date: str | None = None
    dateline: Span | None = None
    body_start: int


def read_front(text: str, title: str | None = None) -> Front:
    """Read the front of an article; `title` is its title where something other than the text says it.

    A first line that says what `title` says is the headline. Without a title, a first line is one when it is short,
    does not end like a sentence, and is set off from a body of sentences. Looks at the first lines only.
    """
    metadata: list[Span] = []
    headline: Span | None = None
    position = _skip_space(text, 0)
    for _ in range(_MAX_FRONT_LINES):
        line = _line_at(text, position)
        if line is None:
            break
        told = _title_at(text, position, title) if headline is None and title else None
        if told is None and (found := _label_at(text, line, headline is None) or _metadata_at(text, line)):
            metadata.append(found)
            position = _skip_space(text, found.end)
            continue
        if headline is not None or _dateline_at(text, line):
            break
        labelled = bool(metadata) and _label_at(text, metadata[-1], True) == metadata[-1]
        headline = told or (line if labelled or _looks_like_headline(text, line) else None)
        if headline is None:
            break
        position = _skip_space(text, headline.end)
    first = _line_at(text, position)
    dateline = _dateline_at(text, first) if first else None
    stamps = [*metadata, dateline] if dateline else metadata
    return Front(
        metadata=tuple(metadata),
        headline=headline,
        date=next((day for span in stamps if (day := find_date(text[span.start : span.end]))), None),
        dateline=dateline,
        body_start=_skip_space(text, dateline.end) if dateline else position,
    )


def _skip_space(text: str, position: int) -> int:
    """The first place from `position` on that is not white space; the end of the text where there is none."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _line_at(text: str, position: int) -> Span | None:
    """The rest of the line at `position`, without the white space at its end."""
    found = _LINE.match(text, position)
    return Span(position, position + len(found[0].rstrip())) if found and found[0].strip() else None


def _label_at(text: str, line: Span, wanted: bool) -> Span | None:
    """The mark of a headline (``Title:``, ``#``) that a line begins with, where a headline is still wanted."""
    found = _TITLE_PREFIX.match(text, line.start) if wanted else None
    return Span(line.start, found.end()) if found else None


def _metadata_at(text: str, line: Span) -> Span | None:
    """The line where all of it is metadata, or the time stamp that it begins with."""
    if found := _DATE_PREFIX.match(text, line.start, line.end):
        return Span(line.start, found.end())
    if line.end - line.start > _MAX_METADATA:
        return None
    written = text[line.start : line.end]
    labelled = _LABELLED.fullmatch(written)
    if labelled and len(labelled["value"].split()) <= 8 and written[-1] not in ".!?":
        return line
    stamped = _STAMP.fullmatch(written) and (find_date(written) or re.match(rf"{_KEY}\b.*\d", written, re.IGNORECASE))
    return line if stamped or _BYLINE.fullmatch(written) or _OTHER_METADATA.fullmatch(written) else None


def _title_at(text: str, position: int, title: str) -> Span | None:
    """Where the text says `title` from `position` on, to the end of a line; only letters and digits count."""
    wanted = [letter for letter in title.casefold() if letter.isalnum()]
    said, end = 0, position
    while said < len(wanted) and end < len(text):
        for letter in text[end].casefold():
            if letter.isalnum():
                if said == len(wanted) or letter != wanted[said]:
                    return None
                said += 1
        end += 1
    rest = _line_at(text, end) if end < len(text) else None
    end = rest.end if rest else end
    whole = said == len(wanted) > 0 and not any(map(str.isalnum, text[rest.start : rest.end] if rest else ""))
    return Span(position, end) if whole else None


def _looks_like_headline(text: str, line: Span) -> bool:
    """Whether a line could only be a headline: short, no sentence, and set off from a body of sentences."""
    written = text[line.start : line.end]
    ending = written.rstrip("'\"”’»)")[-1:]
    if len(written) > _MAX_HEADLINE or ending in ".…,;:-–—―" or not any(map(str.isalpha, written)):
        return False
    if written[0].islower() or _INNER_STOP.search(written) or (ending in "?!" and len(written) > 120):
        return False
    body = _skip_space(text, line.end)
    if not _SENTENCE_END.search(text, body, body + _LOOK_AHEAD):
        return False
    return _is_set_off(text, line, body)


def _is_set_off(text: str, line: Span, body: int) -> bool:
    """Whether a blank line follows, or a line that does not read as the same paragraph, broken to a width."""
    if len(re.findall(r"\r\n|\r|\n", text[line.end : body])) > 1:
        return True
    following = _line_at(text, body)
    if following is None or text[body].islower():
        return False
    return following.end - following.start > 120 or bool(_metadata_at(text, following) or _dateline_at(text, following))


def _dateline_at(text: str, line: Span) -> Span | None:
    """The dateline that a line begins with, where more follows on that line."""
    end = min(line.end, line.start + 120)
    found = _DATELINE_WITH_AGENCY.match(text, line.start, end)
    if found is None and not _NOT_A_PLACE.match(text, line.start, end):
        found = _BARE_DATELINE.match(text, line.start, end)
    if found is None or found.end() >= line.end:
        return None
    return Span(line.start, line.start + len(found[0].rstrip()))
