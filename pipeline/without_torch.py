"""Import spaCy without torch, which it loads wherever it is installed, for 2.5 s and 185 MB, and does not need."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_torch() -> Iterator[None]:
    """Let what is imported meanwhile find no torch, unless it is there already; whoever comes after finds it."""
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]
