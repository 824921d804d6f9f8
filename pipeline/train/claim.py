"""What a folder of training is for: one recipe, and the files as they were when it began."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pipeline.errors import ConfigError, Place
from pipeline.files import replace_text
from pipeline.train.read import files_of
from pipeline.train.recipe import Recipe


def claim(out: Path, recipe: Recipe, data: Path) -> None:
    """Note in `out` which recipe it is for, and what the files hold that it reads in the folder `data`.

    A file that is not there is left for whoever reads it to miss. Raises ConfigError where a run of another recipe
    stands in `out`, or one that began with other rows: half of one and half of the other would be nobody's model.
    """
    note, contents = out / "recipe.txt", out / "files.json"
    if note.is_file() and note.read_text(encoding="utf-8").strip() != recipe.digest:
        raise ConfigError(
            "this folder holds a training run of another recipe.",
            where=Place(path=out),
            fix="give --out another folder, or delete this one.",
        )
    now = {name: _digest(path) for name, path in files_of(recipe, data).items() if path.is_file()}
    before = json.loads(contents.read_text(encoding="utf-8")) if contents.is_file() else now
    if changed := sorted(name for name in now.keys() & before.keys() if now[name] != before[name]):
        raise ConfigError(
            f"this folder holds a training run that began before {' and '.join(changed)} changed.",
            where=Place(path=out),
            fix="give --out another folder, delete this one, or put back what the files held.",
        )
    replace_text(note, recipe.digest + "\n")
    replace_text(contents, json.dumps(before | now, indent=2) + "\n")


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()[:16]
