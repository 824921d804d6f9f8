"""The configuration: read once at the edge, checked, and then only typed values flow.

``configs/default.yaml`` shows every key with its default; the classes here are what it is checked against.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from pipeline.errors import ConfigError, Place
from pipeline.labels import DEFAULT_SCHEME, Label, LabelScheme, Level, Question, Target, TargetKind


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
    """A target that predictions are made toward."""

    name: str = Field(min_length=1)
    kind: TargetKind = "name"
    aliases: list[str] = []


class LabelConfig(_Section):
    """One label of a question."""

    name: str = Field(min_length=1)
    instruction: str = ""
    hotkey: str | None = None


class QuestionConfig(_Section):
    """One question of the label scheme."""

    name: str = Field(min_length=1)
    instruction: str
    labels: list[LabelConfig] = Field(min_length=2)
    level: Level
    asked_of: list[TargetKind] = ["name", "proposition"]


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
    targets: list[TargetConfig] = []
    default_targets: int = Field(default=3, ge=1, le=20)
    unmentioned: Literal["neutral", "judge"] = "neutral"
    questions: list[Annotated[QuestionConfig, BeforeValidator(_question)]] = Field(
        default_factory=lambda: list(_DEFAULT_QUESTIONS.values()), min_length=1
    )
    batch_tokens: int = Field(default=512, ge=128)
    threads: int = Field(default=0, ge=0)


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
        """The label scheme that people and models are asked with."""
        return LabelScheme(
            questions=tuple(
                Question(
                    name=question.name,
                    instruction=question.instruction,
                    labels=tuple(Label(**label.model_dump()) for label in question.labels),
                    level=question.level,
                    asked_of=tuple(question.asked_of),
                )
                for question in self.prelabel.questions
            )
        )

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets named in the configuration; empty when each article's own are to be taken."""
        return tuple(
            Target(name=target.name, kind=target.kind, aliases=tuple(target.aliases))
            for target in self.prelabel.targets
        )


def load_config(path: Path | None) -> Config:
    """Read and check a configuration file; ``None`` gives the defaults.

    Raises ConfigError, with the file, the line and the key, for a file that cannot be read, is not YAML, has an
    unknown key or a value that does not fit.
    """
    if path is None:
        return Config()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"the configuration cannot be read: {error}.",
            where=Place(path=path),
            fix="give --config a readable UTF-8 YAML file, such as configs/default.yaml.",
        ) from error
    try:
        root = yaml.compose(text)
        values: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ConfigError(
            f"this is not YAML: {getattr(error, 'problem', None) or 'unreadable'}.",
            where=Place(path=path, line=mark.line + 1 if mark else None),
            fix="mend the line; configs/default.yaml shows every key.",
        ) from error
    if values is not None and not isinstance(values, dict):
        raise ConfigError(
            "the configuration is not a mapping of keys to values.",
            where=Place(path=path, line=1),
            fix="write sections such as `prelabel:`; configs/default.yaml shows every key.",
        )
    try:
        return Config.model_validate(values or {})
    except ValidationError as error:
        raise _first_problem(error, path, root) from error


def _first_problem(error: ValidationError, path: Path, root: yaml.Node | None) -> ConfigError:
    """Say the first thing that pydantic found wrong in the words of the configuration file."""
    problem = error.errors()[0]
    keys = problem["loc"]
    field = ".".join(str(key) for key in keys)
    where = Place(path=path, line=_line_of(root, keys), field=field)
    if problem["type"] == "extra_forbidden":
        known = ", ".join(_known_keys(keys[:-1]))
        return ConfigError(
            f"there is no setting called {keys[-1]!r} here.",
            where=where,
            fix=f"remove it, or use one of: {known}.",
        )
    return ConfigError(
        f"{problem['msg'][0].lower()}{problem['msg'][1:]}.",
        where=where,
        fix="configs/default.yaml says what each key takes.",
    )


def _line_of(node: yaml.Node | None, keys: tuple[int | str, ...]) -> int | None:
    """The 1-based line of the deepest of `keys` that the YAML file has."""
    line = None
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            pairs = {name.value: (name, value) for name, value in node.value}
            if str(key) not in pairs:
                break
            name, node = pairs[str(key)]
            line = name.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _known_keys(keys: tuple[int | str, ...]) -> list[str]:
    """The keys that a section knows, found by walking the classes from `Config`."""
    section: type[BaseModel] = Config
    for key in keys:
        if isinstance(key, int):
            continue
        annotation: Any = section.model_fields[key].annotation
        inner = getattr(annotation, "__args__", (annotation,))[0]
        inner = getattr(inner, "__origin__", inner)
        section = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else section
    return list(section.model_fields)
