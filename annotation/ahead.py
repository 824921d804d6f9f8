"""Work done ahead of whoever uses it: tasks are made while others are sent, and exported while others are read."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
_END = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What is being done, and how far it is; `total` is ``None`` where that is not known."""

    doing: str
    done: int = 0
    total: int | None = None


def ahead(items: Iterable[T], most: int = 2) -> Generator[T, None, None]:
    """The same items, made in a thread that runs up to `most` of them ahead; an error in it is raised here in its turn.

    Closing the iterator, or leaving its loop, stops the thread after the item that it is at; it is not waited for long.
    """
    made: queue.Queue[tuple[object, BaseException | None]] = queue.Queue(maxsize=most)
    stopped = threading.Event()

    def put(item: object, error: BaseException | None = None) -> None:
        while not stopped.is_set():
            with suppress(queue.Full):
                made.put((item, error), timeout=0.1)
                return

    def work() -> None:
        try:
            for item in items:
                put(item)
                if stopped.is_set():
                    return
        except BaseException as error:
            put(_END, error)
        else:
            put(_END)

    worker = threading.Thread(target=work, name="ahead", daemon=True)
    worker.start()
    try:
        item, error = made.get()
        while item is not _END:
            yield item  # type: ignore[misc]
            item, error = made.get()
        if error is not None:
            raise error
    finally:
        stopped.set()
        worker.join(timeout=0.5)
