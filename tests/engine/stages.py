"""Small real stages: cheap enough to run a run hundreds of times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.records import Article, Prediction, Speaker, Voice
from pipeline.stage import fingerprint


@dataclass
class AllAuthor:
    """Gives every sentence to the author."""

    name: str = "attribute"
    reads: tuple[str, ...] = ("sentences",)
    writes: tuple[str, ...] = ("quotations", "speakers", "attributions", "voices")
    version: int = 1
    seen: list[str] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.name, self.version)

    def __call__(self, articles: Sequence[Article]) -> list[Article]:
        self.seen += [article.document.doc_id for article in articles]
        return [self.attribute(article) for article in articles]

    def attribute(self, article: Article) -> Article:
        author = Speaker(speaker_id=f"{article.document.doc_id}:author", name="author", kind="author")
        voices = tuple(
            Voice(sentence_id=s.sentence_id, speaker_id=author.speaker_id, attribution_id=None, confidence=1.0)
            for s in article.sentences or ()
        )
        return replace(article, quotations=(), speakers=(author,), attributions=(), voices=voices)


@dataclass
class LengthPrediction:
    """Predicts favor for long sentences: enough to see whether a stage ran again."""

    name: str = "prelabel"
    reads: tuple[str, ...] = ("sentences", "voices")
    writes: tuple[str, ...] = ("predictions",)
    version: int = 1
    seen: list[str] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.name, self.version)

    def __call__(self, articles: Sequence[Article]) -> list[Article]:
        self.seen += [article.document.doc_id for article in articles]
        return [replace(article, predictions=tuple(self.predict(article))) for article in articles]

    def predict(self, article: Article) -> list[Prediction]:
        return [
            Prediction(
                sentence_id=sentence.sentence_id,
                target="length",
                question="stance",
                label="favor" if len(article.text_of(sentence)) > 20 else "neutral",
                scores={"favor": 0.5, "neutral": 0.5},
                model=f"length@{self.version}",
            )
            for sentence in article.sentences or ()
        ]
