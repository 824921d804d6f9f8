"""How a report writes numbers: .743, [.69, .79], 71.3%, and words where a number cannot be said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

Form = Literal["text", "count", "coefficient", "share", "number", "p"]
"""What a number is, which says how it is written. Estimates take the form of their value."""

MINUS = "\N{MINUS SIGN}"
NAMES = {
    "percent": "percent agreement",
    "cohen": "Cohen’s κ",
    "conger": "Conger’s κ",
    "fleiss": "Fleiss’ κ",
    "scott": "Scott’s π",
    "brennan_prediger": "Brennan–Prediger",
    "gwet": "Gwet’s AC",
    "ac1": "Gwet’s AC1",
    "ac2": "Gwet’s AC2",
    "alpha": "Krippendorff’s α",
    "alpha_nominal": "α nominal",
    "alpha_ordinal": "α ordinal",
    "alpha_interval": "α interval",
}
"""What the keys of the analysis are called in print."""

LANDIS_KOCH = ((0.0, "poor"), (0.2, "slight"), (0.4, "fair"), (0.6, "moderate"), (0.8, "substantial"))


def coefficient(value: float, digits: int = 3) -> str:
    """A number that lies between -1 and 1, without its leading zero: .743, −.120, 1.000."""
    written = f"{abs(value):.{digits}f}"
    written = written.removeprefix("0") if written.startswith("0.") else written
    zero = not float(written)
    return f"{MINUS if value < 0 and not zero else ''}{written}"


def share(value: float, digits: int = 1) -> str:
    """A proportion as a percentage: 71.3%."""
    written = f"{abs(100 * value):.{digits}f}"
    return f"{MINUS if value < 0 and float(written) else ''}{written}%"


def count(value: float) -> str:
    """A whole number with its thousands apart: 14,800."""
    return f"{round(value):,}".replace("-", MINUS)


def number(value: float) -> str:
    """Any other number, with two decimals."""
    return f"{value:,.2f}".replace("-", MINUS)


def probability(value: float) -> str:
    """A probability from resamples or a test: never 0 nor 1, which no finite number of resamples can show."""
    if value < 0.001:
        return "< .001"
    return "> .999" if value > 0.999 else coefficient(value)


_WRITERS = {"coefficient": coefficient, "share": share, "count": count, "number": number, "p": probability}


def written(value: Any, form: Form = "text") -> str:  # noqa: ANN401 - any cell of a table
    """A cell in print: a number in its form, an estimate with its interval, words as they are, a dash for nothing."""
    if value is None:
        return "–"
    if isinstance(value, Mapping):
        return estimate(value, form)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)) and form != "text":
        return _WRITERS[form](value)
    return str(value)


def estimate(found: Mapping[str, Any], form: Form = "coefficient") -> str:
    """``.743 [.69, .79]``; the value alone where its interval is not known; ``undefined`` where it is not itself."""
    if "undefined" in found:
        return "undefined"
    value = written(found["value"], form)
    limits = interval(found, form)
    return f"{value} {limits}" if limits else value


def interval(found: Mapping[str, Any], form: Form = "coefficient") -> str:
    """``[.69, .79]``, or nothing where there is none."""
    if found.get("low") is None or found.get("high") is None:
        return ""
    low, high = (_limit(found[end], form) for end in ("low", "high"))
    return f"[{low}, {high}]"


def _limit(value: float, form: Form) -> str:
    if form == "share":
        return share(value).removesuffix("%")
    return coefficient(value, 2) if form == "coefficient" else written(value, form)


def landis_koch(value: float) -> str:
    """Landis and Koch's (1977) word for a kappa. Their bounds are arbitrary, by their own account."""
    word = "almost perfect"
    for bound, name in reversed(LANDIS_KOCH):
        if value <= bound:
            word = name
    return word


def plural(number_of: int, singular: str, several: str | None = None) -> str:
    """A count with its noun: 1 unit, 2 units."""
    return f"{count(number_of)} {singular if number_of == 1 else several or singular + 's'}"


def listed(names: list[str]) -> str:
    """Words in a row: a, b and c."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
