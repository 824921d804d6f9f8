"""Schemes, articles and sentences that the tests of the human loop are made with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import strategies as st

from annotation.page import tasks
from annotation.page.index import index_of
from annotation.queue.frame import Unit
from annotation.records import Item
from pipeline.arrow import to_tables
from pipeline.config import Config
from pipeline.labels import Label, LabelScheme, Question, Target
from pipeline.records import Article, Attribution, Document, Mention, Prediction, Sentence, Span, Speaker, Voice
from pipeline.store import Run

NASTY = st.sampled_from(
    [
        "stance",
        "Stance!",
        "立場",
        "$target_1",
        "a<b>&\"c'",
        "sentence",
        "options_1",
        "_",
        "question2",
        "x" * 90,
        "\x1b",
        "}{",
    ]
)
words = st.one_of(NASTY, st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12))


@st.composite
def schemes(draw: st.DrawFn, most_labels: int = 7) -> LabelScheme:
    """Any scheme that fits the page: one to three questions, two to seven labels, some of them with keys."""
    names = draw(st.lists(words, min_size=1, max_size=3, unique=True))
    letters = draw(st.permutations("qwertyuiopasdfghjklvbnm"))
    questions = []
    for name in names:
        labels = draw(st.lists(words, min_size=2, max_size=most_labels, unique=True))
        questions.append(
            Question(
                name=name,
                instruction=draw(words),
                labels=tuple(
                    Label(name=label, instruction=draw(words), hotkey=letters.pop() if draw(st.booleans()) else None)
                    for label in labels
                ),
                level=draw(st.sampled_from(["nominal", "ordinal"])),
                asked_of=draw(st.sampled_from([("name",), ("name", "proposition"), ("proposition",)])),
            )
        )
    return LabelScheme(questions=tuple(questions))


def config_of(scheme: LabelScheme, **annotation: object) -> Config:
    questions = [
        {
            "name": question.name,
            "instruction": question.instruction,
            "level": question.level,
            "asked_of": list(question.asked_of),
            "labels": [
                {"name": label.name, "instruction": label.instruction, "hotkey": label.hotkey}
                for label in question.labels
            ],
        }
        for question in scheme.questions
    ]
    return Config.model_validate({"prelabel": {"questions": questions}, "annotation": annotation})


TEXT = (
    "Two Lees clash over harbour\n\n"
    "“We will not pay,” said Ann Lee, the mayor. Bo Lee, a docker, called that a lie.\n\n"
    "The harbour opened in 1907. “Never,” Ann Lee added."
)
SENTENCES = (
    ("Two Lees clash over harbour", "headline", "author", None),
    ("“We will not pay,” said Ann Lee, the mayor.", "body", "ann", "a1"),
    ("Bo Lee, a docker, called that a lie.", "body", "bo", "a2"),
    ("The harbour opened in 1907.", "body", "author", None),
    ("“Never,” Ann Lee added.", "body", "ann", "a3"),
)
MODEL = "embedded@abc"


def span_of(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def speaker(key: str, name: str, kind: str = "person", mentions: int = 1, **more: object) -> Speaker:
    return Speaker(
        speaker_id=f"d:{key}",
        name=name,
        kind=kind,  # type: ignore[arg-type]
        mentions=tuple(Mention(place, place + 1, "name") for place in range(mentions)),
        **more,  # type: ignore[arg-type]
    )


SPEAKERS = (
    speaker("author", "author", "author", 0),
    speaker("report", "a report", "unknown", 9),
    speaker("nato", "NATO", "organisation", 8),
    speaker("bo", "Bo Lee", titles=("docker",)),
    speaker("ann", "Ann Lee", mentions=2, titles=("mayor",), aliases=("Lee",)),
)


def article(speakers: tuple[Speaker, ...] = SPEAKERS, text: str = TEXT, **document: object) -> Article:
    """Five sentences; Ann Lee speaks two of them, Bo Lee, whose runner-up is NATO, one."""
    sentences = tuple(
        Sentence(sentence_id=f"d:s{index}", index=index, paragraph=0, span=span_of(words, text), kind=kind)  # type: ignore[arg-type]
        for index, (words, kind, _, _) in enumerate(SENTENCES)
    )
    return Article(
        document=Document(doc_id="d", text=text, **document),  # type: ignore[arg-type]
        sentences=sentences,
        quotations=(),
        speakers=speakers,
        attributions=tuple(
            Attribution(
                attribution_id=attribution,
                speaker_id=f"d:{who}",
                content=(span_of(words, text),),
                cue=None,
                source=None,
                type="direct",
                force="speech",
                rule="test",
                confidence=0.9,
                runner_up="d:nato" if who == "bo" else None,
            )
            for words, _, who, attribution in SENTENCES
            if attribution
        ),
        voices=tuple(
            Voice(sentence_id=f"d:s{index}", speaker_id=f"d:{who}", attribution_id=attribution, confidence=0.9)
            for index, (_, _, who, attribution) in enumerate(SENTENCES)
        ),
        predictions=tuple(
            Prediction(
                sentence_id=f"d:s{index}",
                target=target,
                question=question,
                label=label,
                scores={label: 0.8, "neutral": 0.2},
                model=MODEL,
            )
            for index, (_, kind, _, _) in enumerate(SENTENCES)
            if kind == "body"
            for target in ("Ann Lee", "the toll")
            for question, label in (("stance", "against"), ("sentiment", "negative"))
            if question == "stance" or target == "Ann Lee"
        ),
    )


def saying(base: Article, parts: Sequence[str]) -> Article:
    """The article with these sentences, each on a line, in place of its own."""
    text, spans = "", []
    for part in parts:
        spans.append(Span(len(text), len(text) + len(part)))
        text += part + "\n"
    return replace(
        base,
        document=replace(base.document, text=text),
        sentences=tuple(replace(one, span=span) for one, span in zip(base.sentences or (), spans, strict=True)),
        attributions=tuple(replace(one, content=(Span(0, 1),)) for one in base.attributions or ()),
    )


def three_targets() -> Article:
    """The made article, asked about three names."""
    base = article(title="Two Lees clash over harbour", source="Gazette", date="2026-01-02")
    more = tuple(
        replace(one, target=name)
        for one in base.predictions or ()
        if one.target == "Ann Lee"
        for name in ("Ann Lee", "NATO", "Bo Lee")
    )
    return replace(base, predictions=more)


TARGETS = (Target(name="Ann Lee"), Target(name="the toll", kind="proposition"))


def item(index: int = 1, **more: object) -> Item:
    settings: dict[str, object] = {
        "uid": f"d:s{index}",
        "targets": TARGETS,
        "arm": "shown",
        "inclusion_probability": 0.25,
        "annotators": 2,
    }
    return Item(sentence_id=f"d:s{index}", doc_id="d", **settings | more)  # type: ignore[arg-type]


def task(made: Article, item: Item, config: Config, **more: str) -> dict:
    """The task of one item alone."""
    return tasks.task(index_of(made), item, config, **more)


def write_run(path: Path, chunks: Sequence[Sequence[Article]], config: Config | None = None) -> Run:
    """A run folder with these articles, chunk by chunk, as if `config` had made it."""
    run = Run.create(path, ["made"])
    settings = (config or Config()).model_dump(mode="json")
    run.write_manifest({"inputs": ["made"], "status": "complete", "config": settings})
    for chunk, articles in enumerate(chunks):
        for name, table in to_tables(articles).items():
            run.write_table(name, chunk, table, "mark")
    return run


def damage(run: Run, table: str, column: str) -> None:
    """Overwrite what a table's first chunk holds of one column."""
    path = run.table_path(table, 0)
    group = pq.read_metadata(path).row_group(0)
    (stored,) = (each for place in range(group.num_columns) if (each := group.column(place)).path_in_schema == column)
    content = bytearray(path.read_bytes())
    start = stored.dictionary_page_offset or stored.data_page_offset
    content[start : start + stored.total_compressed_size] = b"\0" * stored.total_compressed_size
    path.write_bytes(content)


def frame(size: int, speakers: int = 4) -> list[Unit]:
    """`size` sentences, of which the first speaker has about half, the second a quarter, and so on."""
    return [
        Unit(
            number=number,
            sentence_id=f"d{number // 7}:s{number}",
            doc_id=f"d{number // 7}",
            attributed=number % 3 > 0,
            speaker=f"speaker {min(speakers, (number & -number).bit_length())}",
            targets=TARGETS,
            certainty=(number * 37 % 101) / 101,
            outlet=f"outlet {number % 2}",
        )
        for number in range(1, size + 1)
    ]
