"""An article for the terminal, as rich renderables: speakers in the gutter, stances behind the sentences.

Nothing here prints, and no text is ever parsed as rich markup: hostile words stay words, escape sequences too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pipeline.errors import InputError
from pipeline.labels import LabelScheme
from pipeline.records import Article, Attribution, Prediction, Speaker
from reports.inert import for_terminal
from reports.view import wording
from reports.view.layout import Block, Layout, Phrase, Piece, lay_out
from reports.view.people import NOBODY, People
from reports.view.summary import UNSURE, Line, Part, Summary, Tally, lines_of, summarise

COLOURS = ("blue", "red", "green", "magenta", "yellow", "cyan", "bright_red", "bright_blue")
GUTTER = 22
NARROW = 60
WIDEST = 110


def article_view(article: Article, scheme: LabelScheme, width: int, people: People = NOBODY) -> RenderableType:
    """Return `article` as something rich can print, at most `width` columns wide.

    Without colours nothing is lost: the gutter names every speaker, and labels are words.
    """
    summary = summarise(article, scheme, people)
    parts: list[RenderableType] = [*_masthead(article, summary)]
    parts.append(_text(lay_out(article, summary.lines), summary, scheme, width))
    if article.sentences is None:
        parts.append(_plain(article.document.text))
    if article.predictions:
        parts += [Rule(style="dim"), _stands(summary)]
    parts += [Text(), *_notes(article, people)]
    return Constrain(Group(*parts), min(width, WIDEST))


def why(article: Article, sentence: str | int, people: People = NOBODY) -> RenderableType:
    """Say in words why a sentence is given to its speaker, and what was predicted for it.

    `sentence` is a sentence's id, or its number from 1 as `article_view` and the page show it.
    """
    lines = lines_of(article, people)
    line = next((line for line in lines if sentence in (line.number, line.sentence.sentence_id)), None)
    if line is None:
        raise InputError(
            f"the article has no sentence {for_terminal(str(sentence))}.",
            fix=f"give a number from 1 to {len(lines)}, or the id of one of its sentences.",
        )
    parts: list[RenderableType] = [_plain(article.text_of(line.sentence), "bold"), Text()]
    parts += [_plain(words) for words in _reasons(article, line)]
    if line.predictions:
        parts += [Text(), _probabilities(line)]
    if line.answers:
        parts += [Text(), _answers(line)]
    parts += [Text(), *_notes(article, people)]
    return Group(*parts)


def _notes(article: Article, people: People) -> Iterator[Text]:
    yield _plain(wording.label_note(article), "dim italic")
    if note := wording.people_note(people):
        yield _plain(note, "dim italic")


def _plain(words: str, style: str = "") -> Text:
    return Text(for_terminal(words), style=style)


def _colour(summary: Summary, speaker: Speaker | None) -> str:
    part = summary.part_of(speaker.speaker_id) if speaker else None
    return "" if part is None or part.place is None else COLOURS[part.place % len(COLOURS)]


def _masthead(article: Article, summary: Summary) -> Iterator[Text]:
    document = article.document
    headlines = [article.text_of(s).split() for s in article.sentences or () if s.kind == "headline"]
    if document.title and document.title.split() not in headlines:
        yield _plain(document.title, "bold")
    if byline := " · ".join(word for word in (document.source, document.date, document.url) if word):
        yield _plain(byline, "dim")
    if note := wording.attribution_note(article):
        yield _plain(note, "bold")
    if article.voices is not None:
        legend = Text()
        for part in summary.heard:
            legend.append("■ ", _colour(summary, part.speaker) or "dim")
            legend.append(for_terminal(wording.name_of(part.speaker)))
            legend.append(f" {part.sentences}   ", "dim")
        yield legend
    yield Text()


def _text(layout: Layout, summary: Summary, scheme: LabelScheme, width: int) -> RenderableType:
    narrow = width < NARROW
    grid = Table.grid(padding=(0, 1))
    if not narrow:
        grid.add_column(width=GUTTER, justify="right", overflow="fold")
    grid.add_column(overflow="fold")
    colours = {part.speaker.speaker_id: _colour(summary, part.speaker) for part in summary.parts if part.speaker}
    for block in layout.blocks:
        for turn in _turns(block):
            who, words = _turn(block, turn, colours, scheme)
            if narrow and who.plain:
                grid.add_row(who)
            grid.add_row(words) if narrow else grid.add_row(who, words)
        grid.add_row(*[Text()] * len(grid.columns))
    return grid


def _turns(block: Block) -> Iterator[list[Phrase]]:
    """The phrases of a block, cut where the speaker changes."""
    turn: list[Phrase] = []
    for phrase in block.phrases:
        if turn and phrase.line.speaker != turn[-1].line.speaker:
            yield turn
            turn = []
        turn.append(phrase)
    if turn:
        yield turn


def _turn(block: Block, turn: list[Phrase], colours: dict[str, str], scheme: LabelScheme) -> tuple[Text, Text]:
    line = turn[0].line
    who = Text()
    if block.kind == "body" and line.speaker:
        if line.voice and line.voice.confidence < UNSURE and line.speaker.kind != "author":
            who.append("perhaps ", "italic")
        colour = colours.get(line.speaker.speaker_id, "")
        who.append(for_terminal(wording.name_of(line.speaker)), f"bold {colour}" if colour else "dim")
    words = Text(style={"headline": "bold", "metadata": "dim", "body": ""}[block.kind])
    for phrase in turn:
        if words:
            words.append(" ")
        if block.kind == "body":
            words.append(f"{phrase.line.number} ", "dim")
        for piece in phrase.pieces:
            words.append(" ".join(for_terminal(piece.text).split("\n")), _style(piece, colours))
        for group in wording.sides(scheme, phrase.line):
            words.append(" ").append_text(_mark(scheme, group))
        if phrase.line.differing:
            words.append(" ").append_text(_objection(phrase.line))
    return who, words


def _style(piece: Piece, colours: dict[str, str]) -> str:
    said: Attribution | None = piece.content or piece.source or piece.cue
    if said is None:
        return ""
    emphasis = "underline" if piece.content else "bold" if piece.source else "italic"
    return f"{emphasis} {colours.get(said.speaker_id, '')}".strip()


def _mark(scheme: LabelScheme, group: Sequence[Prediction]) -> Text:
    """The sides taken toward one target, in brackets: the target named once, a question mark where hardly sure."""
    sides = []
    for prediction in group:
        shape = wording.glyph(scheme, prediction)
        score = prediction.scores[prediction.label]
        colour = {"▲": "green", "▼": "red"}.get(shape, "cyan")
        doubt, weight = ("?", "not bold") if score < UNSURE else ("", "bold")
        sides.append(_plain(f"{shape} {prediction.label} {wording.percent(score)}{doubt}", f"{weight} {colour}"))
    return Text.assemble("[", _plain(f"{group[0].target} "), Text(", ").join(sides), "]")


def _objection(line: Line) -> Text:
    """What most people say where the run says something else, each target named once."""
    said = [
        " ".join([target, ", ".join(f"{answer.question} {wording.majority(answer)}" for answer in answers)]).strip()
        for target, answers in wording.by_target(line.differing).items()
    ]
    return _plain(f"[≠ {'; '.join(said)}]")


def _stands(summary: Summary) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), title=Text("Where they stand"), title_justify="left")
    for heading in ("speaker", "target", "question", "labels", "mean"):
        table.add_column(Text(heading), overflow="fold", justify="right" if heading == "mean" else "left")
    for part in summary.parts:
        _add_part(table, part, _colour(summary, part.speaker))
    return table


def _add_part(table: Table, part: Part, colour: str) -> None:
    name = _plain(wording.name_of(part.speaker), f"bold {colour}".strip())
    for stand in part.stands:
        if not stand.taken:
            continue
        target = _plain(stand.target)
        for tally in stand.tallies:
            mean = "" if tally.mean is None else wording.signed(tally.mean)
            table.add_row(name, target, _plain(tally.question.name), _plain(_counts(tally)), Text(mean))
            name = target = Text()
    quiet = [stand for stand in part.stands if not stand.taken]
    for mentioned, words in ((True, "neutral throughout"), (False, "not mentioned")):
        targets = ", ".join(stand.target for stand in quiet if stand.mentioned == mentioned)
        if targets:
            table.add_row(name, _plain(targets, "dim"), Text(), Text(words, "dim"), Text())
            name = Text()


def _counts(tally: Tally) -> str:
    return ", ".join(f"{count} {label}" for label, count in tally.counts if count)


def _reasons(article: Article, line: Line) -> Iterator[str]:
    if line.speaker is None or line.voice is None:
        yield "Nobody has worked out yet who speaks here."
        return
    said = line.attribution
    name = wording.name_of(line.speaker)
    if said is None:
        yield f"Spoken by {name}: nobody else is said to have said it ({wording.percent(line.voice.confidence)} sure)."
        return
    yield f"Spoken by {name}, {wording.role_of(line.speaker)} ({wording.percent(line.voice.confidence)} sure)."
    yield f"{wording.FORCES[said.force].capitalize()}, {wording.TYPES[said.type]}."
    if said.evidence:
        yield said.evidence
    yield f"Rule: {said.rule}."
    if said.cue:
        yield f"Cue: “{article.text_of(said.cue)}”."
    if said.source:
        yield f"Source: “{article.text_of(said.source)}”."
    if runner_up := wording.runner_up(article, said):
        yield f"Nearly chosen instead: {runner_up}."


def _probabilities(line: Line) -> RenderableType:
    judged = line.predictions[0].text_judged == "content"
    grid = Table(box=None, padding=(0, 2, 0, 0), show_header=False, title_justify="left")
    grid.title = Text("Judged on the words said" if judged else "Judged on the whole sentence", "dim")
    for target, predictions in wording.by_target(line.predictions).items():
        name = _plain(target, "bold")
        for prediction in predictions:
            scores = ", ".join(f"{label} {wording.percent(score)}" for label, score in prediction.scores.items())
            reason = _plain(wording.by_rule(prediction) or scores, "dim")
            grid.add_row(name, _plain(prediction.question), _plain(prediction.label, "bold"), reason)
            name = Text()
    return grid


def _answers(line: Line) -> RenderableType:
    grid = Table(box=None, padding=(0, 2, 0, 0), show_header=False, title_justify="left")
    grid.title = Text("What people answered", "dim")
    for answer in line.answers:
        about, sign = _plain(answer.target or "", "bold"), Text(wording.standing(line, answer))
        grid.add_row(about, _plain(answer.question), sign, _plain(wording.votes(answer)))
    return grid
