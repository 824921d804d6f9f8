"""Articles built by hand, every layer with true offsets: the seed as a good reader would label it, and strange ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.records import (
    Article,
    Attribution,
    Document,
    Mention,
    Prediction,
    Quotation,
    Sentence,
    Span,
    Speaker,
    Voice,
)

SEED = Path(__file__).parents[2] / "seeds" / "seed.txt"
MODEL = "all-MiniLM-L6-v2-onrecord@3f9c2a1"
TARGETS = ("Elon Musk", "Vladimir Putin", "NASA")
AUTHOR_ID = "seed:author"
STANCES = ("favor", "neutral", "against")
SENTIMENTS = ("positive", "neutral", "negative")

SPEAKERS = (
    ("Bill Nelson", "person", ("Nelson",), ("NASA administrator",), None),
    ("White House officials", "group", ("several White House officials",), (), "the White House"),
    ("US, European and Russian officials", "group", ("several current and former officials",), (), None),
    ("John Kirby", "person", ("Kirby",), ("National Security Council spokesperson",), "the White House"),
    (
        "Department of Defense",
        "organisation",
        ("the Defense Department", "the Pentagon"),
        (),
        None,
    ),
    ("Dmitry Peskov", "person", ("Peskov",), ("the Kremlin spokesman",), "the Kremlin"),
    ("Elon Musk", "person", ("Musk",), ("CEO of Tesla", "owner of X"), None),
    ("Vladimir Putin", "person", ("Putin", "the Russian president"), (), None),
)

# speaker, content, cue, source, type, force, confidence, rule, runner-up
SAYINGS = (
    (0, '"I don\'t know if that story is true, but it ought to be scrutinized."', "stated", "Nelson",
     "direct", "speech", 0.97, "quote-cue-subject", None),
    (1, "to be unaware of Musk's interaction with Putin", "claimed", "several White House officials",
     "indirect", "hedged", 0.81, "clausal-complement", None),
    (2, "Confirmation of these talks", "provided by", "several current and former US, European, and Russian officials",
     "indirect", "speech", 0.55, "noun-cue", "seed:1"),
    (3, "seeing the report but couldn't confirm its authenticity, deferring to Musk for answers", "admitted to",
     "the White House", "indirect", "speech", 0.58, "spokesperson-beside-organisation", "seed:4"),
    (4, "that they won't comment on individuals' security clearance or policy-related matters compatible with "
     "Musk's actions", "revealed", "the Defense Department", "indirect", "no-comment", 0.9, "clausal-complement", None),
    (5, "a single phone call between Musk and Putin, discussing space and future technologies", "confirmed",
     "Dmitry Peskov, the Kremlin spokesman,", "indirect", "speech", 0.93, "object-frame", None),
)  # fmt: skip

# a part of the sentence, target, stance scores (favor, neutral, against), sentiment scores
OPINIONS = (
    ("raises worries regarding", "Elon Musk", (0.06, 0.31, 0.63), (0.04, 0.22, 0.74)),
    ("Given Musk's connections", "Elon Musk", (0.09, 0.36, 0.55), (0.07, 0.35, 0.58)),
    ("I don't know if that story", "Elon Musk", (0.11, 0.31, 0.58), (0.05, 0.33, 0.62)),
    ("I don't know if that story", "NASA", (0.42, 0.5, 0.08), (0.3, 0.6, 0.1)),
    ("If the story proves accurate", "Elon Musk", (0.05, 0.2, 0.75), (0.03, 0.17, 0.8)),
    ("If the story proves accurate", "Vladimir Putin", (0.05, 0.4, 0.55), (0.03, 0.27, 0.7)),
    ("deferring to Musk", "Elon Musk", (0.48, 0.42, 0.1), (0.2, 0.7, 0.1)),
    ("confirmed a single phone call", "Elon Musk", (0.5, 0.45, 0.05), (0.45, 0.5, 0.05)),
    ("confirmed a single phone call", "Vladimir Putin", (0.71, 0.25, 0.04), (0.66, 0.3, 0.04)),
    ("Putin allegedly requested", "Vladimir Putin", (0.04, 0.3, 0.66), (0.03, 0.3, 0.67)),
    ("debunked theories", "Elon Musk", (0.04, 0.14, 0.82), (0.02, 0.09, 0.89)),
    ("significant figure", "Elon Musk", (0.38, 0.55, 0.07), (0.61, 0.33, 0.06)),
    ("payments might be illegal", "Elon Musk", (0.05, 0.22, 0.73), (0.03, 0.2, 0.77)),
    ("could potentially compromise", "Elon Musk", (0.04, 0.19, 0.77), (0.03, 0.16, 0.81)),
    ("potential violations", "Elon Musk", (0.03, 0.11, 0.86), (0.02, 0.08, 0.9)),
)


def find(text: str, part: str, start: int = 0) -> Span:
    place = text.index(part, start)
    return Span(place, place + len(part))


def demo_article() -> Article:
    """The seed with every layer."""
    text = SEED.read_text(encoding="utf-8")
    document = Document(
        doc_id="seed", text=text, source="The Daily Record", url="https://www.example.com/nasa", date="2024-10-25"
    )
    sentences = split(text)
    attributions = tuple(saying(text, index, row) for index, row in enumerate(SAYINGS))
    return Article(
        document=document,
        sentences=sentences,
        quotations=(Quotation(quotation_id="seed:q0", pieces=attributions[0].content, kind="speech"),),
        speakers=speakers(text),
        attributions=attributions,
        voices=voices(sentences, attributions),
        predictions=predictions(text, sentences, attributions),
    )


def split(text: str) -> tuple[Sentence, ...]:
    """Sentences by full stops, with the kinds of the seed's first line."""
    spans: list[tuple[int, Span, str]] = []
    for paragraph, match in enumerate(re.finditer(r"[^\n]*\S[^\n]*", text)):
        if paragraph == 0 and (head := re.match(r"\s*(date \S+)\s+(.+)", match[0])):
            spans += [(0, Span(*head.span(1)), "metadata"), (0, Span(*head.span(2)), "headline")]
            continue
        for part in re.finditer(r"\S.*?[.!?][\"”]?(?=\s|$)|\S.*$", match[0]):
            spans.append((paragraph, Span(match.start() + part.start(), match.start() + part.end()), "body"))
    return tuple(
        Sentence(sentence_id=f"seed:s{index}", index=index, paragraph=paragraph, span=span, kind=kind)
        for index, (paragraph, span, kind) in enumerate(spans)
    )


def speakers(text: str) -> tuple[Speaker, ...]:
    named = tuple(
        Speaker(
            speaker_id=f"seed:{index}", name=name, kind=kind, aliases=aliases, titles=titles, speaks_for=speaks_for,
            mentions=tuple(Mention(*find(text, alias), "name") for alias in aliases if alias in text),
        )
        for index, (name, kind, aliases, titles, speaks_for) in enumerate(SPEAKERS)
    )  # fmt: skip
    return (*named, Speaker(speaker_id=AUTHOR_ID, name="author", kind="author"))


def saying(text: str, index: int, row: tuple) -> Attribution:
    speaker, content, cue, source, kind, force, confidence, rule, runner_up = row
    said = find(text, content)
    around = text.rindex("\n", 0, said.start)
    return Attribution(
        attribution_id=f"seed:a{index}", speaker_id=f"seed:{speaker}", content=(said,),
        cue=find(text, cue, around), source=find(text, source, around), type=kind, force=force, rule=rule,
        confidence=confidence, evidence=f"“{source}” is the subject of “{cue}”.", runner_up=runner_up,
    )  # fmt: skip


def voices(sentences: Sequence[Sentence], attributions: Sequence[Attribution]) -> tuple[Voice, ...]:
    said = []
    for sentence in sentences:
        by = next((a for a in attributions if any(sentence.span.overlaps(c) for c in a.content)), None)
        said.append(
            Voice(
                sentence_id=sentence.sentence_id,
                speaker_id=by.speaker_id if by else AUTHOR_ID,
                attribution_id=by.attribution_id if by else None,
                confidence=by.confidence if by else 0.95,
            )
        )
    return tuple(said)


def answer(sentence_id: str, target: str, question: str, scores: dict[str, float], judged: str) -> Prediction:
    label = max(scores, key=lambda name: scores[name])
    return Prediction(
        sentence_id=sentence_id, target=target, question=question, label=label, scores=scores, model=MODEL,
        text_judged=judged,
    )  # fmt: skip


def predictions(
    text: str, sentences: Sequence[Sentence], attributions: Sequence[Attribution]
) -> tuple[Prediction, ...]:
    made = []
    for sentence in sentences:
        if sentence.kind != "body":
            continue
        words = text[sentence.span.start : sentence.span.end]
        judged = "content" if any(sentence.span.overlaps(c) for a in attributions for c in a.content) else "sentence"
        for target in TARGETS:
            opinion = next((o for o in OPINIONS if o[0] in words and o[1] == target), None)
            stance, sentiment = opinion[2:] if opinion else ((0.08, 0.83, 0.09), (0.12, 0.79, 0.09))
            made.append(answer(sentence.sentence_id, target, "stance", dict(zip(STANCES, stance, strict=True)), judged))
            scores = dict(zip(SENTIMENTS, sentiment, strict=True))
            made.append(answer(sentence.sentence_id, target, "sentiment", scores, judged))
    return tuple(made)


def unmentioned(article: Article, *targets: str) -> Article:
    """The article with every answer toward these targets given by rule, as where no sentence mentions them."""

    def ruled(judged: Prediction) -> Prediction:
        scores = {label: float(label == "neutral") for label in judged.scores}
        return replace(judged, label="neutral", scores=scores, reason="target not mentioned")

    made = tuple(ruled(each) if each.target in targets else each for each in article.predictions or ())
    return replace(article, predictions=made)


def with_text(text: str, **document: str | None) -> Article:
    """An article of the author's own words alone, split but with nobody quoted."""
    sentences = split(text)
    author = Speaker(speaker_id=AUTHOR_ID, name="author", kind="author")
    return Article(
        document=Document(doc_id="made-up", text=text, **document),
        sentences=sentences,
        quotations=(),
        speakers=(author,),
        attributions=(),
        voices=voices(sentences, ()),
        predictions=(),
    )


def crowded_article(voices_count: int, targets: int, sentences_count: int) -> Article:
    """A made-up article in which speakers take turns toward many targets."""
    text = "\n\n".join(
        f"Speaker {i % voices_count} said that plan {i} should go ahead at once. The council listened."
        for i in range(sentences_count)
    )
    base = with_text(text, title="Many voices, many plans")
    people = tuple(
        Speaker(speaker_id=f"seed:{i}", name=f"Speaker {i}", kind="person", titles=(f"councillor for ward {i}",))
        for i in range(voices_count)
    )
    sayings, who = [], []
    for sentence in base.sentences or ():
        start, end = sentence.span
        words = text[start:end]
        said = words.find(" said that ")
        who.append(
            Voice(
                sentence_id=sentence.sentence_id, confidence=0.9,
                speaker_id=f"seed:{words.split()[1]}" if said > 0 else AUTHOR_ID,
                attribution_id=f"a{start}" if said > 0 else None,
            )
        )  # fmt: skip
        if said > 0:
            sayings.append(
                Attribution(
                    attribution_id=f"a{start}", speaker_id=f"seed:{words.split()[1]}",
                    content=(Span(start + said + 6, end),), cue=Span(start + said + 1, start + said + 5),
                    source=Span(start, start + said), type="indirect", force="speech", rule="clausal-complement",
                    confidence=0.9,
                )
            )  # fmt: skip
    answers = []
    for sentence in base.sentences or ():
        for target in range(targets):
            up = ((sentence.index * 7 + target * 13) % 11) / 10
            scores = {"favor": up * 0.5, "neutral": 0.5, "against": (1 - up) * 0.5}
            if up in (0, 1):
                scores = {"favor": up * 0.7, "neutral": 0.3, "against": (1 - up) * 0.7}
            answers.append(answer(sentence.sentence_id, f"Plan {target}", "stance", scores, "sentence"))
    return replace(
        base,
        speakers=(*people, *(base.speakers or ())),
        attributions=tuple(sayings),
        voices=tuple(who),
        predictions=tuple(answers),
    )
