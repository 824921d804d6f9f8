"""An article read across its layers: who speaks each sentence, and where every speaker stands on every target."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.labels import Label, LabelScheme, Question
from pipeline.records import Article, Attribution, Prediction, Sentence, Speaker, Voice
from reports.view.people import NOBODY, Answer, People

SPEAKER = "speaker"
"""The question that asks who says a sentence."""
UNSURE = 0.6
"""A probability below this is shown as tentative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence with everything known of it. `number` counts from 1, as readers do; `speaker` is None if unknown.

    `answers` are what people said of it.
    """

    sentence: Sentence
    number: int
    voice: Voice | None
    speaker: Speaker | None
    attribution: Attribution | None
    predictions: tuple[Prediction, ...]
    answers: tuple[Answer, ...] = ()

    def shown(self, answer: Answer) -> str | None:
        """What the run itself says where people gave `answer`; None where it says nothing."""
        if answer.question == SPEAKER:
            return self.speaker.name if self.speaker else None
        asked = (answer.question, answer.target)
        return next((each.label for each in self.predictions if (each.question, each.target) == asked), None)

    @property
    def differing(self) -> tuple[Answer, ...]:
        """The answers where most people say something else than the run."""
        return tuple(each for each in self.answers if each.label and self.shown(each) not in (None, each.label))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The answers to one question, over the sentences of one speaker that were judged toward one target.

    `counts` holds every label with how often it was the most probable one, in the scheme's order. `mean` averages
    the expected place on the scale, +1 for the first label to -1 for the last; None where labels have no order.
    """

    question: Question
    counts: tuple[tuple[str, int], ...]
    mean: float | None

    @property
    def total(self) -> int:
        """How many sentences were judged."""
        return sum(count for _, count in self.counts)

    @property
    def taken(self) -> int:
        """How many of them got another label than the neutral one."""
        neutral = neutral_label(self.question)
        return sum(count for label, count in self.counts if label != neutral)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where one speaker stands on one target: a tally for each question that was asked.

    `mentioned` is whether the model was asked at all; else a rule found the target in none of the sentences.
    """

    target: str
    tallies: tuple[Tally, ...]
    mentioned: bool

    @property
    def taken(self) -> bool:
        """Whether any answer is not neutral."""
        return any(tally.taken for tally in self.tallies)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A speaker's part in the article: how many body sentences are theirs, and where they stand.

    `speaker` is None where nobody has attributed the article. `place` numbers the speakers from 0, those with a
    sentence of their own first, each in the order in which they come up, and chooses their colour; the author has none.
    """

    speaker: Speaker | None
    place: int | None
    sentences: int
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All lines and parts of an article; parts in the order of their places, the author last."""

    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    targets: tuple[str, ...]
    people: People

    @property
    def heard(self) -> tuple[Part, ...]:
        """The parts of those who have a sentence of their own, the author last."""
        return tuple(part for part in self.parts if part.sentences)

    def part_of(self, speaker_id: str) -> Part | None:
        """The part of a speaker; None when they have none."""
        return next((part for part in self.parts if part.speaker and part.speaker.speaker_id == speaker_id), None)


def summarise(article: Article, scheme: LabelScheme, people: People = NOBODY) -> Summary:
    """Read `article` across its layers, in time linear in its size. Layers not computed leave their parts empty."""
    lines = lines_of(article, people)
    targets = tuple(dict.fromkeys(prediction.target for prediction in article.predictions or ()))
    return Summary(lines=lines, parts=_parts(article, lines, scheme), targets=targets, people=people)


def lines_of(article: Article, people: People = NOBODY) -> tuple[Line, ...]:
    """The sentences of an article, in order, each with everything that its layers say of it."""
    voices = {voice.sentence_id: voice for voice in article.voices or ()}
    speakers = {speaker.speaker_id: speaker for speaker in article.speakers or ()}
    attributions = {attribution.attribution_id: attribution for attribution in article.attributions or ()}
    answers: defaultdict[str, list[Prediction]] = defaultdict(list)
    for prediction in article.predictions or ():
        answers[prediction.sentence_id].append(prediction)
    lines = []
    for sentence in article.sentences or ():
        voice = voices.get(sentence.sentence_id)
        lines.append(
            Line(
                sentence=sentence,
                number=sentence.index + 1,
                voice=voice,
                speaker=speakers.get(voice.speaker_id) if voice else None,
                attribution=attributions.get(voice.attribution_id) if voice and voice.attribution_id else None,
                predictions=tuple(answers[sentence.sentence_id]),
                answers=people.answers.get(sentence.sentence_id, ()),
            )
        )
    return tuple(lines)


def neutral_label(question: Question) -> str | None:
    """The label that takes no side: the one called neutral, else the middle of an ordinal scale, else none."""
    names = question.label_names
    if "neutral" in names:
        return "neutral"
    return names[len(names) // 2] if question.level == "ordinal" and len(names) % 2 else None


def position(question: Question, label: str) -> float | None:
    """Where a label stands on the scale, from +1 (first) to -1 (last); None off the scale or without one."""
    names = question.label_names
    if question.level != "ordinal" or label not in names:
        return None
    return 1 - 2 * names.index(label) / (len(names) - 1) if len(names) > 1 else 0.0


def question_of(scheme: LabelScheme, prediction: Prediction) -> Question:
    """The question a prediction answers; one made up from its own labels where the scheme has none of that name."""
    try:
        return scheme.question(prediction.question)
    except KeyError:
        labels = tuple(Label(name=name) for name in prediction.scores)
        return Question(name=prediction.question, instruction="", labels=labels, level="nominal")


def takes_side(scheme: LabelScheme, prediction: Prediction) -> bool:
    """Whether a prediction's label is not the neutral one."""
    return prediction.label != neutral_label(question_of(scheme, prediction))


def _parts(article: Article, lines: Sequence[Line], scheme: LabelScheme) -> tuple[Part, ...]:
    spoken = Counter(line.speaker.speaker_id if line.speaker else None for line in lines if _is_body(line))
    by_speaker: defaultdict[str | None, list[Prediction]] = defaultdict(list)
    for line in lines:
        by_speaker[line.speaker.speaker_id if line.speaker else None].extend(line.predictions)
    parts = []
    place = 0
    named = [(speaker.speaker_id if speaker else None, speaker) for speaker in _speaking(article, lines)]
    for speaker_id, speaker in sorted(named, key=lambda entry: not spoken[entry[0]]):
        is_author = speaker is None or speaker.kind == "author"
        parts.append(
            Part(
                speaker=speaker,
                place=None if is_author else place,
                sentences=spoken[speaker_id],
                stands=_stands(by_speaker[speaker_id], scheme),
            )
        )
        place += not is_author
    return tuple(sorted(parts, key=lambda part: part.place is None))


def _is_body(line: Line) -> bool:
    return line.sentence.kind in ("body", "dateline")


def _speaking(article: Article, lines: Sequence[Line]) -> list[Speaker | None]:
    """Whoever speaks a sentence or a part of one, once each, in the order in which they come up."""
    speakers = {speaker.speaker_id: speaker for speaker in article.speakers or ()}
    seen = [(line.sentence.span.start, line.speaker) for line in lines]
    for attribution in article.attributions or ():
        if attribution.content and attribution.speaker_id in speakers:
            seen.append((attribution.content[0].start, speakers[attribution.speaker_id]))
    ordered = [speaker for _, speaker in sorted(seen, key=lambda entry: entry[0])]
    return list({speaker.speaker_id if speaker else None: speaker for speaker in ordered}.values())


def _stands(predictions: Iterable[Prediction], scheme: LabelScheme) -> tuple[Stand, ...]:
    grouped: defaultdict[str, defaultdict[str, list[Prediction]]] = defaultdict(lambda: defaultdict(list))
    for prediction in predictions:
        grouped[prediction.target][prediction.question].append(prediction)
    return tuple(
        Stand(
            target=target,
            tallies=tuple(_tally(group, scheme) for group in questions.values()),
            mentioned=any(prediction.reason is None for group in questions.values() for prediction in group),
        )
        for target, questions in grouped.items()
    )


def _tally(predictions: Sequence[Prediction], scheme: LabelScheme) -> Tally:
    question = question_of(scheme, predictions[0])
    counts = Counter(prediction.label for prediction in predictions)
    names = dict.fromkeys([*question.label_names, *counts])
    return Tally(
        question=question,
        counts=tuple((name, counts[name]) for name in names),
        mean=_mean([expected(question, prediction) for prediction in predictions]),
    )


def expected(question: Question, prediction: Prediction) -> float | None:
    """The expected place of a prediction on the scale, in [-1, +1]; None where the labels have no order."""
    places = [(position(question, label), score) for label, score in prediction.scores.items()]
    known = [place * score for place, score in places if place is not None]
    return sum(known) if known else None


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
