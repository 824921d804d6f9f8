"""The folder of an embedded model: ``model.onnx``, ``tokenizer.json`` and ``config.json``, read and checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from pipeline.errors import ModelError, Place
from pipeline.prelabel.calibration import Calibration, read_calibration

EMBEDDED = Path(__file__).parent.parent / "models" / "embedded"
"""The folder of the model that comes with the project."""

_DAMAGED = "reinstall onrecord, or remake the folder with `onrecord train`."


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFolder:
    """What a model folder says of itself.

    `labels` gives each question its labels in the order of the model's columns, `calibrations` what its logits go
    through, `max_length` the most tokens that the model reads at once; `revision` is the digest of
    everything that decides its answers.
    """

    path: Path
    name: str
    labels: Mapping[str, tuple[str, ...]]
    calibrations: Mapping[str, Calibration]
    max_length: int
    revision: str

    @property
    def graph(self) -> Path:
        """The file of the ONNX graph."""
        return self.path / "model.onnx"

    def tokenizer(self) -> Tokenizer:
        """Load the tokenizer. Raises ModelError for a file that is none."""
        try:
            return Tokenizer.from_file(str(self.path / "tokenizer.json"))
        except Exception as error:  # the tokenizers library raises bare Exception
            raise ModelError(
                f"the tokenizer cannot be read: {error}.",
                where=Place(path=self.path / "tokenizer.json"),
                fix=_DAMAGED,
            ) from error


def open_folder(path: Path) -> ModelFolder:
    """Read a model folder's ``config.json`` and check that its files are there and are those it was made with.

    Raises ModelError for a folder that is no model, has no tokenizer (a model without one would read every word as
    unknown, and answer all the same), lacks labels, or whose files are damaged.
    """
    values: Any = None
    for name in ("config.json", "tokenizer.json", "model.onnx"):
        if not (path / name).is_file():
            raise ModelError(
                f"the model folder has no {name}.",
                where=Place(path=path),
                fix="name a folder that `onrecord train` wrote, or leave `prelabel.model: embedded`.",
            )
        if name == "config.json":
            values = _read_json(path / name)
    folder = _read_config(path, values)
    if digest(path, folder.labels, folder.calibrations, folder.max_length) != folder.revision:
        raise ModelError(
            "the model's files are not those it was made with: one is damaged or was changed.",
            where=Place(path=path),
            fix=_DAMAGED,
        )
    return folder


def _read_json(where: Path) -> Any:  # noqa: ANN401
    try:
        return json.loads(where.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"the model's configuration cannot be read: {error}.", where=Place(path=where), fix=_DAMAGED
        ) from error


def _read_config(path: Path, values: Any) -> ModelFolder:  # noqa: ANN401
    where = path / "config.json"
    try:
        folder = ModelFolder(
            path=path,
            name=str(values["name"]),
            labels={question: tuple(labels) for question, labels in values["labels"].items()},
            calibrations={name: read_calibration(value) for name, value in values["calibration"].items()},
            max_length=int(values["max_length"]),
            revision=str(values["revision"]),
        )
    except KeyError as error:
        raise ModelError(
            f"the model's configuration has no {error.args[0]!r}.", where=Place(path=where), fix=_DAMAGED
        ) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise ModelError(
            f"the model's configuration cannot be read: {error}.", where=Place(path=where), fix=_DAMAGED
        ) from error
    if not folder.labels or set(folder.calibrations) != set(folder.labels):
        raise ModelError(
            "every question needs both labels and a calibration.",
            where=Place(path=where, field="labels"),
            fix=_DAMAGED,
        )
    return folder


def digest(
    path: Path,
    labels: Mapping[str, tuple[str, ...]],
    calibrations: Mapping[str, Calibration],
    max_length: int,
) -> str:
    """Digest everything that decides a model's answers into 16 hexadecimal digits."""
    total = hashlib.sha256()
    for name in ("model.onnx", "tokenizer.json"):
        total.update(hashlib.sha256((path / name).read_bytes()).digest())
    settings = [
        [[name, list(of)] for name, of in labels.items()],
        {name: calibration.values() for name, calibration in calibrations.items()},
        max_length,
    ]
    total.update(json.dumps(settings, sort_keys=True).encode())
    return total.hexdigest()[:16]
