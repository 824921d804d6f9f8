"""The Label Studio project of a run: found or made, with the page, the guide and the overlap that it should have."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from annotation.door.calls import Calls, Counts
from annotation.door.remote import Remote
from annotation.door.transport import UnsureError
from annotation.kept.state import ProjectState, Pushed
from annotation.page.controls import slots_of
from annotation.page.interface import digest, instructions, interface
from pipeline.config import Config
from pipeline.errors import ConfigError, Place, StudioError
from pipeline.labels import LabelScheme

_FIELDS: tuple[str, ...] = ("title", "label_config", "expert_instruction", "show_instruction", "maximum_annotations")
_FIELDS += ("show_collab_predictions", "model_version")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the project should be."""

    name: str
    xml: str
    guide: str
    overlap: int

    def settings(self) -> dict[str, Any]:
        """As Label Studio takes it. The page is apart, since Label Studio checks it against all tasks.

        The guide stands behind a button. Shown at the start, it would be a dialog that keeps no key from the page:
        Space behind it submits labels that nobody has read.
        """
        return {
            "title": self.name,
            "expert_instruction": self.guide,
            "show_instruction": False,
            "maximum_annotations": self.overlap,
            "show_collab_predictions": True,
        }


def wanted_of(name: str, config: Config, overlap: int) -> Wanted:
    """What the settings make of a project. Raises ConfigError for a codebook that cannot be read."""
    page = interface(config.scheme, slots_of(config.scheme))
    return Wanted(name=name, xml=page, guide=instructions(_codebook(config), config.scheme), overlap=overlap)


def _codebook(config: Config) -> str:
    path = config.annotation.codebook
    try:
        return "" if path is None else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"the codebook cannot be read: {getattr(error, 'strerror', None) or error}.",
            where=Place(path=path or "", field="annotation.codebook"),
            fix="name a readable Markdown file in UTF-8.",
        ) from error


def check_name(name: str) -> None:
    """Raise ConfigError for a name that Label Studio takes for no project."""
    if not 3 <= len(name) <= 50 or name != name.strip() or not name.isprintable():
        raise ConfigError(
            f"{name!r} can be no project's name: Label Studio wants 3 to 50 characters.",
            fix="give --project another name.",
        )


def find_or_make(calls: Calls, state: ProjectState, wanted: Wanted) -> tuple[int, bool]:
    """The project's id, and whether it is new.

    Raises StudioError where the project was deleted after answers had been pulled from it, lies on another server, or
    where another project bears the name.
    """
    if state.exists():
        pushed = state.pushed()
        _same_server(calls, pushed)
        if calls.project(pushed.project_id, "id") is not None:
            return pushed.project_id, False
        if any(sum(counts) for counts in state.pulled().counts.values()):
            raise calls.gone(pushed.project_id)
    found = calls.titled(wanted.name)
    if len(found) > 1:
        raise StudioError(
            f"there are {len(found)} projects called {wanted.name!r}.",
            where=calls.server.where,
            fix="give --project another name, or rename or delete those that are not meant in Label Studio.",
        )
    if found:
        return int(found[0]["id"]), False
    return _make(calls, wanted), True


def _same_server(calls: Calls, pushed: Pushed) -> None:
    if pushed.url == calls.server.url:
        return
    found = calls.project(pushed.project_id, "title")
    if found is None or found["title"] != pushed.name:
        raise StudioError(
            f"the run was pushed to a project called {pushed.name!r} on another server, {pushed.url}.",
            where=calls.server.where,
            fix="give --project another name; or work with that server: set annotation.url or LABEL_STUDIO_URL.",
        )


def _make(calls: Calls, wanted: Wanted) -> int:
    body = {**wanted.settings(), "label_config": wanted.xml, "sampling": "Sequential sampling"}
    failed: UnsureError | None = None
    for pause in calls.patience.pauses():
        time.sleep(pause)
        if failed and (arrived := calls.titled(wanted.name)):
            return int(arrived[0]["id"])
        try:
            return int(calls.send("make the project", "POST", "api/projects/", body=body)["id"])
        except UnsureError as error:
            failed = error
    assert failed is not None
    raise failed.error


def check_adopted(calls: Calls, project: int, wanted: Wanted, remote: Remote) -> None:
    """Raise StudioError where a project of the name, which no push of this run made, is somebody else's.

    It is this run's where any of its tasks is.
    """
    if remote.tasks:
        return
    found = calls.project(project, "label_config")
    if found is not None and digest(found["label_config"] or "<View/>") != digest(wanted.xml):
        what = "with another interface"
        fix = "give --project another name; or, if it is this run's, the settings it was pushed with by --config."
    elif remote.strangers:
        what, fix = "with tasks that are not of this run", "give --project another name."
    else:
        return
    raise StudioError(
        f"there is a project called {wanted.name!r} already, {what}.",
        where=Place(path=f"{calls.server.url}/projects/{project}"),
        fix=fix,
    )


def settle(calls: Calls, project: int, wanted: Wanted) -> bool:
    """Give the project the settings, and the page, where they differ.

    Returns whether its overlap was another: then Label Studio has changed that of its tasks as well.
    """
    found = calls.project(project, *_FIELDS)
    if found is None:
        raise calls.gone(project)
    changed = {name: value for name, value in wanted.settings().items() if found[name] != value}
    if digest(found["label_config"] or "<View/>") != digest(wanted.xml):
        changed["label_config"] = wanted.xml
    if changed:
        calls.read("set up the project", "PATCH", f"api/projects/{project}/", body=changed)
    return "maximum_annotations" in changed


def check_targets(retargeted: int, url: str, *, free: bool) -> None:
    """Raise StudioError where sentences are asked about other targets and the tasks may not be made anew (`free`)."""
    if retargeted and not free:
        raise StudioError(
            f"{retargeted} sentences are asked about other targets now, and people have answered or skipped tasks.",
            where=Place(path=url),
            fix="push under another --project name; or label the run with the targets it had.",
        )


def check_scheme(before: LabelScheme, scheme: LabelScheme, counts: Counts, url: str) -> bool:
    """Whether the questions or labels have changed since the last push, which had `before`.

    Raises StudioError where a question or a label is gone and people have answered with the old ones.
    """
    gone = removed(before, scheme)
    if gone and counts.annotations:
        raise StudioError(
            f"the label scheme has lost {', '.join(gone[:3])}, and people have used it {counts.annotations} times.",
            where=Place(path=url),
            fix="put it back under prelabel.questions, or push under another --project name and start again there.",
        )
    return before != scheme


def removed(before: LabelScheme, after: LabelScheme) -> list[str]:
    """The questions and labels of `before` that `after` does not have, in words."""
    known = {question.name: question for question in after.questions}
    return [
        *(f"the question {question.name!r}" for question in before.questions if question.name not in known),
        *(
            f"the label {label!r} of {question.name!r}"
            for question in before.questions
            if question.name in known
            for label in question.label_names
            if label not in known[question.name].label_names
        ),
    ]
