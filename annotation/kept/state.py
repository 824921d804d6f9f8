"""What a run remembers of a project that it was pushed to. Label Studio holds the truth; this is how to find it again.

::

    RUN/annotation/<project>/
      project.json              which project on which server, the settings it was pushed with, how far pull has come
      queue/items-00000.parquet ...     what was sent: each item with its arm, inclusion probability and task id
      history/versions-00000.parquet ...    every version of every annotation that pull has seen, and every deletion
      people.json               0600: whose codes these are; written where annotators are pseudonyms
      earlier/1/ ...            all that of a queue that was made anew before anybody's answers counted
      lock                      held while push or pull is at work
    RUN/annotations/<project>-00000.parquet ...     the answers as they stand now

`annotation.kept.parts` has the tables, of which there is one file for each part of the queue.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annotation.kept.parts import Parts, replace
from pipeline.config import Config
from pipeline.config_file import saved_config
from pipeline.errors import Place, RunError, StudioError
from pipeline.files import locked
from pipeline.store import Run

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """How far pull has come, by the server's own clock.

    Everything that was changed up to `cursor` has been seen. `edge` are the judged tasks changed in the minute before
    it, with when: a change may become visible a little later than its own time. `counts` are annotations and skips by
    part.
    """

    cursor: str | None = None
    edge: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    pseudonyms: bool = True
    when: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """A project as it was pushed last. `config` are the settings; `model_version` names the pre-labels shown now.

    `predictions` is a digest of the run's predictions that are shown, ``None`` where an earlier push, of which nothing
    is known, sent them.
    """

    name: str
    url: str
    project_id: int
    config: Mapping[str, Any]
    model_version: str | None = None
    predictions: str | None = None
    when: str = ""


class ProjectState(Parts):
    """The folder of one project in a run, and its parts. Making one touches nothing."""

    @property
    def _file(self) -> Path:
        return self.path / "project.json"

    def exists(self) -> bool:
        """Whether the run was pushed to this project."""
        return self._file.is_file()

    def pushed(self) -> Pushed:
        """What was pushed. Raises RunError for a damaged file."""
        return self._read()[0]

    def settings(self) -> Config:
        """The settings that it was pushed with. Raises RunError where they are not this version's."""
        return saved_config(self.pushed().config, self._file)

    def pulled(self) -> Pulled:
        """How far pull has come; nowhere before the first one."""
        return self._read()[1]

    def write_pushed(self, pushed: Pushed) -> None:
        """Replace what is known of the push."""
        self._write(pushed, self.pulled() if self.exists() else Pulled())

    def write_pulled(self, pulled: Pulled) -> None:
        """Replace what is known of the pull."""
        self._write(self.pushed(), pulled)

    def _read(self) -> tuple[Pushed, Pulled]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
            if found["format"] != FORMAT:
                raise ValueError
            return Pushed(**found["pushed"]), Pulled(**found.get("pulled", {}))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RunError(
                "what the run knows of the project cannot be read.",
                where=Place(path=self._file),
                fix="remove this folder and run `onrecord push` again: it finds the project and what was sent.",
            ) from error

    def _write(self, pushed: Pushed, pulled: Pulled) -> None:
        content = {"format": FORMAT, "pushed": asdict(pushed), "pulled": asdict(pulled)}
        text = json.dumps(content, ensure_ascii=False, indent=1)
        replace(self._file, text.encode("utf-8"))

    def write_people(self, people: Mapping[str, str]) -> None:
        """Replace whose codes these are, for the owner's eyes only."""
        text = json.dumps(people, ensure_ascii=False, indent=1, sort_keys=True)
        replace(self.path / "people.json", text.encode("utf-8"), mode=0o600)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the project while at work on it. Raises RunError where another push or pull holds it."""
        with locked(self.path / "lock", "another push or pull of this run and project is at work."):
            yield


def states(run: Run) -> list[ProjectState]:
    """The projects that a run was pushed to; the one pushed last comes last."""
    found = [ProjectState(run, path.parent.name) for path in (run.path / "annotation").glob("*/project.json")]
    return sorted(found, key=lambda state: (state.pushed().when, state.slug))


def state_of(run: Run, name: str) -> ProjectState:
    """The state of the project called `name`, which may not exist yet: then in a folder that nothing uses."""
    for state in states(run):
        if state.pushed().name == name:
            return state
    slug = re.sub(r"[^\w.-]+", "-", name.casefold()).strip("-.")[:40] or "project"
    taken = {state.slug for state in states(run)}
    free = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 2)))
    return ProjectState(run, next(each for each in free if each not in taken))


def pushed_state(run: Run, name: str | None) -> ProjectState:
    """The state of a project that the run was pushed to: the one called `name`, or the one pushed last.

    Raises StudioError where there is none.
    """
    known = states(run)
    chosen = [state for state in known if name in (None, state.pushed().name)]
    if chosen:
        return chosen[-1]
    others = ", ".join(repr(state.pushed().name) for state in known)
    raise StudioError(
        f"the run was not pushed to a project called {name!r}." if name else "the run was not pushed to Label Studio.",
        where=Place(path=run.path),
        fix=f"name one of {others}." if others else f"push it: onrecord push {run.path} --project NAME",
    )


def now() -> str:
    """This moment, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
