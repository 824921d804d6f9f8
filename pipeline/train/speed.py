"""How fast a model folder judges on this machine."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.onnx_classifier import OnnxClassifier

_ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Pairs judged in a second, the best of three rounds, on so many threads and so many pairs."""

    threads: int
    pairs: int
    per_second: float


def speed(folder: Path, pairs: Sequence[Pair], threads: int) -> Speed:
    """Time a model folder on `pairs`, loading left out."""
    classifier = OnnxClassifier(folder, threads=threads)
    classifier.probabilities(pairs[:64])
    seconds = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        classifier.probabilities(pairs)
        seconds.append(time.perf_counter() - start)
    return Speed(threads=threads, pairs=len(pairs), per_second=len(pairs) / min(seconds))


def processors() -> int:
    """How many processors the machine has."""
    return os.cpu_count() or 1


def machine() -> str:
    """The processor's own name and how many there are; no host name."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{processors()} cores of {names[0] if names else platform.processor() or platform.machine()}"
