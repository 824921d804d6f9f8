"""What has changed in a Label Studio project since it was last read, by the server's own clock.

Every annotation that is made, changed, deleted or skipped moves its task's ``updated_at``. Three things are not seen
that way: a deleted task, for which pull compares counts; a change that becomes visible later than its own time, since
it is stamped before it is stored, so judged tasks of the minute before the cursor are looked at again; and changes
after the server's clock was set back, so a cursor that lies in the future is not trusted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from annotation.door.calls import Calls, Counts, where

EDGE = timedelta(seconds=60)
"""How much later than its own time a change may become visible."""

_LISTED = 1000
"""So many tasks changed within the last minute are looked at one by one; of more (an import), only their number."""

_MOSTLY = 0.8
"""Where this share of the tasks is judged, all are read: listing which ones are would take longer."""

_JUDGED = (
    (where("total_annotations", "greater", 0, "Number"),),
    (where("total_annotations", "equal", 0, "Number"), where("cancelled_annotations", "greater", 0, "Number")),
)


def stamp(moment: str) -> str:
    """A time as Label Studio writes it, always to the microsecond, so that times compare as texts."""
    return _written(datetime.fromisoformat(moment))


def edge_of(cursor: str) -> str:
    """Where the edge before a cursor begins."""
    return _written(datetime.fromisoformat(cursor) - EDGE)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def newest(calls: Calls, project: int) -> str | None:
    """When a task of the project changed last, never later than now; None in a project without tasks."""
    found = calls.first(project, "id,updated_at", "-tasks:updated_at")
    if found is None:
        return None
    moment = stamp(found["updated_at"])
    return _written(calls.clock) if calls.clock and is_ahead(calls, moment) else moment


def is_ahead(calls: Calls, moment: str) -> bool:
    """Whether the server's clock, at its last answer, was well behind a moment that it has written down before."""
    return calls.clock is not None and datetime.fromisoformat(moment) > calls.clock + EDGE


def judged(calls: Calls, project: int, counts: Counts) -> list[int] | None:
    """The ids of the tasks that anybody has judged or skipped; None where these are most of all."""
    if sum(calls.matching(project, *filters) for filters in _JUDGED) > _MOSTLY * counts.tasks:
        return None
    return [task["id"] for filters in _JUDGED for task in calls.tasks(project, "id", *filters)]


def changed(calls: Calls, project: int, cursor: str, edge: Mapping[int, str]) -> list[int]:
    """The ids of the tasks changed since `cursor`, and of those whose answer before it was not visible yet.

    `edge` are the judged tasks that changed in the minute before the cursor, each with when, as they were read.
    """
    fields = "id,updated_at"
    later = [task["id"] for task in calls.tasks(project, fields, where("updated_at", "greater", cursor, "Datetime"))]
    window = (
        where("updated_at", "greater", edge_of(cursor), "Datetime"),
        where("updated_at", "less_or_equal", cursor, "Datetime"),
    )
    count = sum(calls.matching(project, *window, *filters) for filters in _JUDGED)
    if count > _LISTED and count == len(set(edge).difference(later)):
        return later
    found = [task for filters in _JUDGED for task in calls.tasks(project, fields, *window, *filters)]
    return later + [task["id"] for task in found if edge.get(task["id"]) != stamp(task["updated_at"])]
