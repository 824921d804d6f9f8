"""Which texts go through the model together, and how the batches are run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor


def cut_batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Cut `lengths` into batches of equal length and at most `budget` tokens.

    Returns index lists that together hold each of 0..n-1 once. Longest first, so that running out of memory shows at
    once; within a length, in input order. A text over the budget gets its own batch. Nothing is padded, so nothing
    that a text is batched with can touch its answer, and no work is done for padding. O(n log n).
    """
    groups: dict[int, list[int]] = defaultdict(list)
    for index, length in enumerate(lengths):
        groups[length].append(index)
    batches: list[list[int]] = []
    for length in sorted(groups, reverse=True):
        group, size = groups[length], max(1, budget // max(1, length))
        batches.extend(group[start : start + size] for start in range(0, len(group), size))
    return batches


def run_batches(batches: Sequence[list[int]], run: Callable[[list[int]], None], *, threads: int) -> None:
    """Run every batch, on so many threads at once; each batch on one."""
    if threads == 1 or len(batches) < 2:
        for batch in batches:
            run(batch)
        return
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run, batches))
