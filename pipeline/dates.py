"""Calendar dates as news text and metadata write them."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
"""A month's name, whole or cut short, as the inside of a case-insensitive pattern without groups."""

_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        r"(?<!\d)(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<m>{MONTH})[\s,-]+(?P<y>\d{{4}})(?!\d)",
        rf"\b(?P<m>{MONTH})\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(?P<y>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})(?!\d)",
    )
)

_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_DAY_ZERO = date(1899, 12, 30)


def day_of_serial(number: str) -> str | None:
    """The day ``YYYY-MM-DD`` that a bare number from 20000 (1954) to 80000 (2119) stands for in a spreadsheet.

    Excel's day 1 is 1900-01-01, and it has a 29 February 1900, which never was: later days are counted from 1899-12-30
    (the 1900 date system of ECMA-376, part 1, 18.17.4.1). What stands after the point is the time of day.
    """
    if not _SERIAL.fullmatch(number) or not 20_000 <= float(number) <= 80_000:
        return None
    return (_DAY_ZERO + timedelta(days=int(float(number)))).isoformat()


def find_date(text: str) -> str | None:
    """Return the first calendar date written in `text` as ``YYYY-MM-DD``, or ``None``.

    Understood are ISO dates and times, ``25 October 2024``, ``Oct. 25, 2024`` and ``25/10/2024``. A date without a
    year is no date. ``04/05/2024`` is the fifth of April to some and the fourth of May to others, so it is none either.
    The day is taken as it is written: time zones do not move it.
    """
    found = [(match.start(), day) for form in _FORMS for match in form.finditer(text) if (day := _day(match))]
    return min(found)[1] if found else None


def _day(match: re.Match[str]) -> str | None:
    """The date that one match of one form stands for, where there is such a day."""
    part = match.groupdict()
    if "a" in part:
        first, second = int(part["a"]), int(part["b"])
        if first <= 12 and second <= 12 and first != second:
            return None
        day, month = (first, second) if first > 12 else (second, first)
    else:
        name = part["m"]
        month = int(name) if name.isdecimal() else _MONTHS.index(name[:3].lower()) + 1
        day = int(part["d"])
    try:
        return date(int(part["y"]), month, day).isoformat()
    except ValueError:
        return None
