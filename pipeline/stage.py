"""The first seam: a stage adds one or more layers to articles. Composition is a ``for`` loop."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar, runtime_checkable

from pipeline.records import LAYERS, Article

T = TypeVar("T")


@runtime_checkable
class Stage(Protocol):
    """A pure function from a batch of articles to the same articles, in the same order, with more layers.

    `fingerprint` changes whenever the output could: it covers the code's own version, its settings and its models.
    What a stage makes of an article never depends on the other articles of the batch.
    """

    @property
    def name(self) -> str:
        """The stage's name, a verb: ``split``, ``attribute``, ``prelabel``."""

    @property
    def reads(self) -> tuple[str, ...]:
        """Names of the layers that must be there before."""

    @property
    def writes(self) -> tuple[str, ...]:
        """Names of the layers that are there after."""

    @property
    def fingerprint(self) -> str:
        """A hexadecimal digest; equal fingerprints and equal input mean equal output."""

    def __call__(self, articles: Sequence[Article]) -> list[Article]:
        """Return the same articles in the same order, with the layers of `writes` filled in."""


def fingerprint(*parts: object) -> str:
    """Digest JSON-able `parts` into 16 hexadecimal digits: the same parts, the same digest, on every machine."""
    canonical = json.dumps(parts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()[:16]


@cache
def code_digest(*names: str) -> str:
    """Digest the source of modules, and of packages with all that is in them, into 16 hexadecimal digits.

    In a fingerprint it stands for the rules: nobody has to remember that they changed. Raises ModuleNotFoundError for
    a name that is none.
    """
    digest = hashlib.sha256()
    for name in names:
        found = find_spec(name)
        if found is None or found.origin is None:
            raise ModuleNotFoundError(f"no module has the name {name}", name=name)
        folder = Path(found.origin).parent
        files = sorted(folder.rglob("*.py")) if found.submodule_search_locations else [Path(found.origin)]
        for file in files:
            digest.update(f"{name} {file.relative_to(folder).as_posix()}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def check_order(stages: Sequence[Stage]) -> None:
    """Raise ValueError unless every stage finds the layers it reads, and no layer is written twice."""
    present: set[str] = set()
    for stage in stages:
        if missing := [layer for layer in stage.reads if layer not in present]:
            raise ValueError(f"stage {stage.name} reads {missing}, which no earlier stage writes")
        if again := [layer for layer in stage.writes if layer in present or layer not in LAYERS]:
            raise ValueError(f"stage {stage.name} writes {again}, which is written already or is no layer")
        present.update(stage.writes)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in order, `size` at a time; fewer in the last batch, and no batch of none."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def run_stages(stages: Sequence[Stage], articles: Sequence[Article]) -> list[Article]:
    """Send a batch of articles through the stages, in order."""
    batch = list(articles)
    for stage in stages:
        batch = stage(batch)
    return batch
