"""Labelled runs of any size, made without a model: what push and pull start from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from pipeline.arrow import to_tables
from pipeline.config import Config
from pipeline.records import Article, Attribution, Document, Prediction, Sentence, Span, Speaker, Voice
from pipeline.store import FORMAT, Run

TARGETS = ("Ann Lee", "Acme Corp")
STANCES, SENTIMENTS = ("favor", "neutral", "against"), ("positive", "neutral", "negative")
STRANGE = (
    'Zoë says: “naïve” 👩🏽‍🚀 costs 5 € – or ﬁve? <b onclick="alert(1)">&amp;</b> ${title}',
    "قالت آن لي إن ذلك \u202eإلى اليمين\u202c ثم \u2066Ann\u2069 said so.",
    "E\u0301 and É, a\u0328\u0301; tab\there, two  blanks, and a backslash \\n.",
    " ".join(["Ann Lee said that it goes on and on, 🙂,"] * 125)[:4999] + ".",
)
"""Sentences that must arrive whole; the last has 5,000 characters."""


def make_run(
    path: Path,
    sentences: int = 12,
    *,
    per_article: int = 6,
    model: str = "small@1",
    config: Config | None = None,
    questions: dict[str, tuple[str, ...]] | None = None,
    strange: bool = False,
    name: str = "doc",
    targets: tuple[str, ...] = TARGETS,
    shift: int = 0,
    person: str = "Ann Lee",
    texts: tuple[str, ...] = (),
    ids: Mapping[str, str] = MappingProxyType({}),
    reworded: Mapping[int, str] = MappingProxyType({}),
) -> Run:
    """A run of so many body sentences, all of which somebody speaks; `name` decides its ids.

    `model` and `shift` decide its labels: one more of `shift`, and each is the next in the scheme. `person` is the
    first speaker's name, `texts` are what is said over and over, in place of plain or of `STRANGE` sentences.
    Two ways to edit: `ids` gives articles another id, as an edit of their text does, and `reworded` sentences, by
    place, other words, as an edit of articles that have ids of their own.
    """
    said = texts or (STRANGE if strange else ())
    run = Run(path)
    path.mkdir(parents=True, exist_ok=True)
    asked = questions or {"stance": STANCES, "sentiment": SENTIMENTS}
    per_chunk = 32
    edits = ascii([sorted(ids.items()), sorted(reworded.items())])
    articles = [
        _article(
            ids.get(doc_id := f"{name}{first // per_article:05d}", doc_id),
            _texts(first, per_article, sentences, said, reworded),
            model,
            asked,
            targets,
            shift,
            person,
        )
        for first in range(0, sentences, per_article)
    ]
    for chunk, begin in enumerate(range(0, len(articles), per_chunk)):
        for name, table in to_tables(articles[begin : begin + per_chunk]).items():
            run.write_table(name, chunk, table, f"{name} {model} {shift} {edits}")
    manifest = {"inputs": ["made"], "status": "complete", "config": (config or Config()).model_dump(mode="json")}
    run.write_manifest({"format": FORMAT, **manifest})
    return run


def _article(
    doc_id: str,
    texts: list[str],
    model: str,
    asked: dict[str, tuple[str, ...]],
    targets: tuple[str, ...],
    shift: int,
    person: str,
) -> Article:
    size = len(texts)
    spans, start = [], 0
    for text in texts:
        spans.append(Span(start, start + len(text)))
        start += len(text) + 1
    ids = [f"{doc_id}:s{place}" for place in range(size)]
    speakers = (
        Speaker(speaker_id=f"{doc_id}:author", name="author", kind="author"),
        Speaker(speaker_id=f"{doc_id}:ann-lee", name=person, kind="person", aliases=("Lee", "Ms Lee")),
        Speaker(speaker_id=f"{doc_id}:bo-ek", name="Bo Ek", kind="person", aliases=("Ek", "Bö Ek")),
    )
    voices = [speakers[1 + place % 2].speaker_id for place in range(size)]
    return Article(
        document=Document(
            doc_id=doc_id,
            text=" ".join(texts),
            title=f"About {doc_id}",
            source="The Daily",
            date="2026-01-02",
            path=f"{doc_id}.txt",
        ),
        sentences=tuple(
            Sentence(sentence_id=each, index=place, paragraph=0, span=spans[place], kind="body")
            for place, each in enumerate(ids)
        ),
        quotations=(),
        speakers=speakers,
        attributions=tuple(
            Attribution(
                attribution_id=f"{doc_id}:a{place}",
                speaker_id=voices[place],
                content=(spans[place],),
                cue=None,
                source=None,
                type="indirect",
                force="speech",
                rule="made",
                confidence=0.9,
            )
            for place in range(size)
        ),
        voices=tuple(
            Voice(sentence_id=each, speaker_id=voices[place], attribution_id=f"{doc_id}:a{place}", confidence=0.9)
            for place, each in enumerate(ids)
        ),
        predictions=tuple(
            _prediction(each, target, question, labels, labels[(place + len(model) + shift) % len(labels)], model)
            for place, each in enumerate(ids)
            for target in targets
            for question, labels in asked.items()
        ),
    )


def _texts(first: int, most: int, sentences: int, said: tuple[str, ...], reworded: Mapping[int, str]) -> list[str]:
    plain = "Ann Lee said that plan {} of Acme Corp was a good one."
    places = range(first, min(first + most, sentences))
    return [reworded.get(place, said[place % len(said)] if said else plain.format(place)) for place in places]


def _prediction(
    sentence: str, target: str, question: str, labels: tuple[str, ...], label: str, model: str
) -> Prediction:
    rest = 0.3 / (len(labels) - 1)
    scores = {each: 0.7 if each == label else rest for each in labels}
    return Prediction(sentence_id=sentence, target=target, question=question, label=label, scores=scores, model=model)
