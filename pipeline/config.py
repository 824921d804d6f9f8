"""The configuration as typed, checked values: every setting, with its default.

``configs/default.yaml`` shows every key; `pipeline.config_file` checks such a file against the classes here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from pipeline.labels import DEFAULT_SCHEME, Label, LabelScheme, Level, Question, Target, TargetKind, target_from_words


class _Section(BaseModel):
    """A part of the configuration: immutable, and unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldsConfig(_Section):
    """Which column of a table holds what. The first name that the table has is taken."""

    id: list[str] = ["id", "doc_id"]
    text: list[str] = ["text", "body", "content", "article"]
    title: list[str] = ["title", "headline"]
    source: list[str] = ["source", "publisher", "outlet"]
    url: list[str] = ["url", "link"]
    date: list[str] = ["date", "published", "publication_date"]


class ArticlesConfig(_Section):
    """How articles are read."""

    format: Literal["auto", "text", "jsonl", "csv", "parquet", "html", "hub"] = "auto"
    fields: FieldsConfig = FieldsConfig()
    split: str = "train"
    revision: str | None = None
    max_characters: int = Field(default=2_000_000, ge=1)


class AttributeConfig(_Section):
    """How sentences are given to speakers."""

    speaking_forces: list[Literal["speech", "attitude", "no-comment", "hedged"]] = ["speech", "no-comment"]
    organisations: dict[str, list[str]] = {}
    share_of_sentence: float = Field(default=0.3, gt=0, le=1)


class TargetConfig(_Section):
    """A target that predictions are made toward: a name or a proposition, with a letter or digit in it."""

    name: str = Field(pattern=r"[^\W_]")
    kind: TargetKind = "name"
    aliases: list[str] = []


def _target(value: object) -> object:
    """A target by its mere words, as on the command line; as it is, one in full."""
    if isinstance(value, dict | TargetConfig):
        return value
    if not isinstance(value, str):
        raise ValueError("a target is words, in quotation marks where YAML sees none (No, 2024), or {name: ...}")
    target = target_from_words(value)
    return {"name": target.name, "kind": target.kind}


class LabelConfig(_Section):
    """One label of a question."""

    name: str = Field(min_length=1)
    instruction: str = ""
    hotkey: str | None = None


class QuestionConfig(_Section):
    """One question of the label scheme. Only people answer it where it is not `prelabelled`."""

    name: str = Field(min_length=1)
    instruction: str
    labels: list[LabelConfig] = Field(min_length=2)
    level: Level
    asked_of: list[TargetKind] = ["name", "proposition"]
    prelabelled: bool = True


_DEFAULT_QUESTIONS = {
    question.name: QuestionConfig(
        name=question.name,
        instruction=question.instruction,
        labels=[
            LabelConfig(name=label.name, instruction=label.instruction, hotkey=label.hotkey)
            for label in question.labels
        ],
        level=question.level,
        asked_of=list(question.asked_of),
    )
    for question in DEFAULT_SCHEME.questions
}


def _question(value: object) -> object:
    """A default question by its mere name; anything else as it is."""
    if not isinstance(value, str):
        return value
    if value not in _DEFAULT_QUESTIONS:
        raise ValueError(f"there is no default question {value!r}, only {', '.join(_DEFAULT_QUESTIONS)}")
    return _DEFAULT_QUESTIONS[value]


Hypothesis = Annotated[str, Field(pattern=r"\{target\}")]
"""A sentence that holds ``{target}``, where each target's name is put."""


def _default_hypotheses() -> dict[str, dict[str, Hypothesis]]:
    return {
        "stance": {
            "favor": "The speaker supports {target}.",
            "neutral": "The speaker takes no side on {target}.",
            "against": "The speaker opposes {target}.",
        },
        "sentiment": {
            "positive": "The text shows {target} in a good light.",
            "neutral": "The text shows {target} in neither a good nor a bad light.",
            "negative": "The text shows {target} in a bad light.",
        },
    }


class PrelabelConfig(_Section):
    """How sentences are pre-labelled: model, targets, questions.

    `revision`, `model_reads`, `model_labels` and `hypotheses` are for models that are not onrecord's own.
    """

    model: str = Field(default="embedded", min_length=1)
    revision: str | None = None
    model_reads: list[Literal["text", "target"]] = Field(default=["text", "target"], min_length=1, max_length=2)
    model_labels: dict[str, dict[str, str]] = {}
    hypotheses: dict[str, dict[str, Hypothesis]] = Field(default_factory=_default_hypotheses)
    targets: list[Annotated[TargetConfig, BeforeValidator(_target)]] = []
    default_targets: int = Field(default=3, ge=1, le=20)
    unmentioned: Literal["neutral", "judge"] = "neutral"
    questions: list[Annotated[QuestionConfig, BeforeValidator(_question)]] = Field(
        default_factory=lambda: list(_DEFAULT_QUESTIONS.values()), min_length=1
    )
    batch_tokens: int = Field(default=512, ge=128)
    threads: int = Field(default=0, ge=0)

    @field_validator("targets", "questions")
    @classmethod
    def _named_once(cls, named: list[Any]) -> list[Any]:
        """No two of one name: answers are known by it."""
        twice = next((name for name, count in Counter(each.name for each in named).items() if count > 1), None)
        if twice is not None:
            raise ValueError(f"{twice!r} is there twice")
        return named

    @field_validator("questions")
    @classmethod
    def _targets_known(cls, questions: list[QuestionConfig]) -> list[QuestionConfig]:
        """A run holds targets as those of its predictions: what people are asked about, the model is asked about."""
        known = {kind for question in questions if question.prelabelled for kind in question.asked_of}
        for question in questions:
            for kind in question.asked_of:
                if kind not in known:
                    raise ValueError(f"{question.name!r} is asked of a {kind}, of which no prelabelled question is")
        return questions


class AnnotationConfig(_Section):
    """Which sentences go to people, how many people judge each, and what they see."""

    sentences: Literal["all", "attributed", "random", "stratified", "uncertain"] = "attributed"
    size: int | None = Field(default=None, ge=1)
    strata: list[Literal["speaker", "target", "outlet"]] = Field(default=["speaker"], min_length=1)
    annotators_per_item: int = Field(default=2, ge=1, le=100)
    overlap_share: float = Field(default=1.0, ge=0, le=1)
    blind_share: float = Field(default=0.2, ge=0, le=1)
    repeat_share: float = Field(default=0.0, ge=0, le=1)
    gold_items: list[str] = []
    seed: int = 0
    context_sentences: int = Field(default=2, ge=0, le=10)
    speaker_candidates: int = Field(default=7, ge=1, le=7)
    codebook: Path | None = None
    pseudonyms: bool = True
    url: str | None = None
    token_variable: str = "LABEL_STUDIO_API_KEY"


class RunConfig(_Section):
    """How a run is cut up."""

    chunk_articles: int = Field(default=32, ge=1)


class Config(_Section):
    """Everything that can be set. ``Config()`` is what runs when nothing is."""

    articles: ArticlesConfig = ArticlesConfig()
    attribute: AttributeConfig = AttributeConfig()
    prelabel: PrelabelConfig = PrelabelConfig()
    annotation: AnnotationConfig = AnnotationConfig()
    run: RunConfig = RunConfig()

    @property
    def scheme(self) -> LabelScheme:
        """The label scheme that people are asked with."""
        return _scheme(self.prelabel.questions)

    @property
    def prelabelled(self) -> LabelScheme:
        """The questions of the scheme that the model is asked, too."""
        return _scheme(question for question in self.prelabel.questions if question.prelabelled)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets named in the configuration; empty when each article's own are to be taken."""
        return tuple(
            Target(name=target.name, kind=target.kind, aliases=tuple(target.aliases))
            for target in self.prelabel.targets
        )


def _scheme(questions: Iterable[QuestionConfig]) -> LabelScheme:
    return LabelScheme(
        questions=tuple(
            Question(
                name=question.name,
                instruction=question.instruction,
                labels=tuple(Label(**label.model_dump()) for label in question.labels),
                level=question.level,
                asked_of=tuple(question.asked_of),
            )
            for question in questions
        )
    )
