"""An article as one self-contained page without scripts: who says what in the margins, where they stand, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from jinja2 import Template

from pipeline.labels import LabelScheme
from pipeline.records import Article, Speaker
from reports.pages import page_environment
from reports.view import wording
from reports.view.layout import Block, Layout, Phrase, lay_out
from reports.view.people import NOBODY, People
from reports.view.summary import UNSURE, Line, Summary, Tally, position, summarise

HUES = 8
MARGIN_TARGETS = 2
SHOW_ALL_TARGETS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of the ribbon: neighbouring sentences of one speaker, measured in code points."""

    start: int
    width: int
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The top of the page: metadata lines that stand above the headline, the headline as a block or else as text."""

    above: tuple[Block, ...]
    block: Block | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A tally drawn: shares above and below the middle of the scale, and the mean's place, in percent of the track."""

    up: float
    down: float
    mean: float


def article_page(article: Article, scheme: LabelScheme, people: People = NOBODY) -> str:
    """Return `article` as one HTML page: inline styles alone, no script, nothing loaded, every word of it escaped.

    What people answered stands beside what the run says. Layers that have not been computed are named as missing, in
    words. The page grows linearly with the article.
    """
    summary = summarise(article, scheme, people)
    heading, body = _split_heading(article, lay_out(article, summary.lines))
    return _template().render(
        article=article,
        document=article.document,
        scheme=scheme,
        summary=summary,
        heading=heading,
        body=body,
        paragraphs=_plain_paragraphs(article),
        ribbon=tuple(_ribbon(summary.lines)),
        heard=tuple(part for part in summary.parts if part.place is not None),
        silent=_silent(article, summary),
        hue=_hues(summary),
        link=_web_link(article.document.url),
        day=None if _says_date(heading, article.document.date) else _readable_date(article.document.date),
        who_for=_who_for,
        short_names=wording.short_names(summary.targets),
    )


@cache
def _template() -> Template:
    """The page's template, with what it calls."""
    environment = page_environment()
    environment.globals |= {
        "wording": wording,
        "bar": _bar,
        "UNSURE": UNSURE,
        "MARGIN_TARGETS": MARGIN_TARGETS,
        "SHOW_ALL_TARGETS": SHOW_ALL_TARGETS,
    }
    environment.filters |= {"percent": wording.percent, "signed": wording.signed}
    return environment.get_template("article.html.j2")


def _split_heading(article: Article, layout: Layout) -> tuple[Heading, Layout]:
    """Lift the headline out of the flow when the page's title would only repeat it."""
    title = article.document.title
    for index, block in enumerate(layout.blocks):
        if block.kind == "headline" and (title is None or title.split() == block.text.split()):
            heading = Heading(above=layout.blocks[:index], block=block, title=block.text)
            return heading, Layout(blocks=layout.blocks[index + 1 :], tail=layout.tail)
        if block.kind != "metadata":
            break
    return Heading(above=(), block=None, title=title or "An article without a title"), layout


def _says_date(heading: Heading, day: str | None) -> bool:
    """Whether a line above the headline already gives the date: all text is shown, and once is enough."""
    return day is not None and any(day in block.text.split() for block in heading.above)


def _plain_paragraphs(article: Article) -> tuple[str, ...]:
    if article.sentences is not None:
        return ()
    return tuple(paragraph for paragraph in article.document.text.split("\n") if paragraph.strip())


def _who_for(phrases: Sequence[Phrase], index: int) -> Line | None:
    """The line whose speaker the margin names at a phrase: where a paragraph opens with someone, or voices change."""
    line = phrases[index].line
    if line.speaker is None or line.sentence.kind in ("headline", "metadata"):
        return None
    if index == 0:
        return None if line.speaker.kind == "author" else line
    return None if phrases[index - 1].line.speaker == line.speaker else line


def _ribbon(lines: Sequence[Line]) -> Iterator[Stretch]:
    first: Line | None = None
    start = width = 0
    for line in lines:
        if line.sentence.kind in ("headline", "metadata"):
            continue
        if first is not None and line.speaker != first.speaker:
            yield Stretch(start=start, width=width, line=first)
            start, width, first = start + width, 0, None
        first = first or line
        width += line.sentence.span.end - line.sentence.span.start
    if first is not None:
        yield Stretch(start=start, width=width, line=first)


def _hues(summary: Summary) -> Callable[[str | None], str]:
    """Name a speaker's colour class by their id. Hues come round again after the eighth speaker; names do not."""
    places = {part.speaker.speaker_id: part.place for part in summary.parts if part.speaker}

    def hue(speaker_id: str | None) -> str:
        place = places.get(speaker_id) if speaker_id else None
        return "own" if place is None else f"k{place % HUES}"

    return hue


def _silent(article: Article, summary: Summary) -> tuple[Speaker, ...]:
    """Whoever the article names without giving them a voice."""
    speaking = {part.speaker.speaker_id for part in summary.parts if part.speaker}
    return tuple(s for s in article.speakers or () if s.speaker_id not in speaking and s.kind != "author")


def _bar(tally: Tally) -> Bar | None:
    """Measure a tally for drawing; None where its labels have no order."""
    if tally.mean is None or not tally.total:
        return None
    places = [(position(tally.question, label) or 0.0, count) for label, count in tally.counts]
    return Bar(
        up=sum(count for place, count in places if place > 0) * 50 / tally.total,
        down=sum(count for place, count in places if place < 0) * 50 / tally.total,
        mean=50 + tally.mean * 50,
    )


def _web_link(url: str | None) -> tuple[str, str] | None:
    """An address that is safe to link and the host to show for it; None for anything but http and https."""
    try:
        parts = urlsplit((url or "").strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return parts.geturl(), host.removeprefix("www.")


def _readable_date(day: str | None) -> str | None:
    try:
        parsed = date.fromisoformat(day or "")
    except ValueError:
        return day
    return f"{parsed.day} {parsed:%B %Y}"
