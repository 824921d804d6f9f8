"""Every error that a user can cause: what happened, where, and how to mend it.

::

    OnrecordError            what, where, fix
    ├── InputError           a file, a row or an article that cannot be used
    ├── ConfigError          a configuration that does not say what it must
    ├── RunError             a run folder that cannot be read or written
    ├── ModelError           a model folder or model answer that cannot be used
    ├── StudioError          a Label Studio server that is not there, refuses or fails
    │   └── MissingError     a project or a task that Label Studio does not have
    └── MissingExtraError    an optional package that is not installed

Third-party errors are translated into these once, at the module that owns the library. The command line prints
them and exits with 2; nothing below it prints or exits.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something is wrong: a file, and in it a 1-based line and a field where they are known."""

    path: str | Path
    line: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        """Write the place as ``file:line (field)``, the form editors and terminals can jump to."""
        line = f":{self.line}" if self.line is not None else ""
        field = f" ({self.field})" if self.field else ""
        return f"{self.path}{line}{field}"


class OnrecordError(Exception):
    """Something the user can mend. ``str(error)`` gives what, where and the fix on two lines.

    ``what`` is one sentence that ends with a full stop; ``where`` a `Place` or nothing; ``fix`` says what to do
    and is never left out: an error without a fix does not type-check.
    """

    def __init__(self, what: str, *, fix: str, where: Place | None = None) -> None:
        self.what = what
        self.where = where
        self.fix = fix
        super().__init__(f"{where}: {what}\nFix: {fix}" if where else f"{what}\nFix: {fix}")


class InputError(OnrecordError):
    """A file, a row or an article that cannot be used."""


class ConfigError(OnrecordError):
    """A configuration that does not say what it must."""


class RunError(OnrecordError):
    """A run folder that cannot be read or written."""


class ModelError(OnrecordError):
    """A model folder, or a model's answer, that cannot be used."""


class StudioError(OnrecordError):
    """A Label Studio server that is not there, refuses what it is asked, or holds something unexpected."""


class MissingError(StudioError):
    """What a Label Studio server was asked for, a project or a task, is not there (any more)."""


class MissingExtraError(OnrecordError):
    """An optional package that is not installed.

    ``extra`` is the name of the extra of this distribution that brings it, e.g. ``torch``.
    """

    def __init__(self, what: str, *, extra: str) -> None:
        self.extra = extra
        super().__init__(what, fix=f'install it with: pip install "onrecord[{extra}]"')
