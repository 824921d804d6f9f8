"""The queue: which sentences of a run go to people, in which order, to how many, with the model's labels or without.

Everything is decided by hashes of ids and the seed, so the same run and settings give the same queue, and whether an
item is blind does not hang on any other sentence. A sentence is drawn with a known probability p; every item carries
it, and a sum over the items of ``value / p`` estimates the sum over all sentences of the frame without bias (Horvitz
and Thompson 1952, *JASA* 47, 663-685).

`draw` says which designs there are and what p is. Sentences under ``gold_items`` are taken whatever else is
drawn: p = 1. ``random`` and ``stratified`` queues are in random order, so that what has been judged so far is a sample
as well; ``uncertain`` ones begin with what the model is least sure of; the others are in the order of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from annotation.page import controls
from annotation.queue.draw import Drawn, Draws, Stratum, chance, in_frame, stratum_of
from annotation.queue.frame import Unit, units
from annotation.records import Item
from pipeline.config import AnnotationConfig, Config
from pipeline.errors import ConfigError, Place, RunError
from pipeline.store import Run

REPEAT_DISTANCE = 50
"""A repeated sentence comes this many sentences after its first occasion, or half a queue where that is less."""


def queue(run: Run, config: Config) -> list[Item]:
    """The items of a run in the order in which they go to people.

    Goes through the run twice and keeps what is drawn. Raises RunError where the run has no sentence to ask about,
    and ConfigError for a gold item that it does not have, or for a scheme that does not fit the page.
    """
    return queue_of(lambda: units(run, config), config, run.path)


def queue_of(frame: Callable[[], Iterable[Unit]], config: Config, path: Path) -> list[Item]:
    """The queue from sentences that `frame` gives, the same ones each time it is called; `path` is for errors."""
    settings = config.annotation
    gold = frozenset(settings.gold_items)
    sizes: Counter[Stratum] = Counter()
    known: set[str] = set()
    for unit in frame():
        if unit.sentence_id in gold:
            known.add(unit.sentence_id)
        elif in_frame(unit, settings):
            sizes[stratum_of(unit, settings)] += 1
    _check(path, gold - known, sizes.total() + len(known))
    drawn, golden = _draw(frame(), sizes, settings, gold)
    ordered = _spread(drawn, golden)
    return [item for one, occasion in _with_repeats(ordered, settings) for item in _items(one, occasion, config)]


def _check(path: Path, missing: frozenset[str], found: int) -> None:
    if missing:
        raise ConfigError(
            f"the run has no body sentence {min(missing)!r}"
            + (f", nor {len(missing) - 1} more of the gold items." if len(missing) > 1 else "."),
            where=Place(path=path, field="annotation.gold_items"),
            fix="take ids from the run's `sentences` table.",
        )
    if not found:
        raise RunError(
            "the run has no sentence to ask people about.",
            where=Place(path=path),
            fix="label articles with text in their body; or set `annotation.sentences: all` if nobody speaks in them.",
        )


def _draw(
    frame: Iterable[Unit], sizes: Mapping[Stratum, int], settings: AnnotationConfig, gold: frozenset[str]
) -> tuple[list[Drawn], list[Drawn]]:
    """What is drawn, in the order of its design, and the gold sentences, in the order of the run."""
    draws = Draws(sizes, settings)
    golden = []
    for unit in frame:
        if unit.sentence_id in gold:
            golden.append(Drawn(unit=unit, probability=1.0, gold=True))
        elif in_frame(unit, settings):
            draws.offer(unit)
    return draws.drawn(), golden


def _spread(drawn: Sequence[Drawn], golden: Sequence[Drawn]) -> list[Drawn]:
    """The gold sentences at even distances among the others."""
    places = [(float(place), one) for place, one in enumerate(drawn)]
    step = len(drawn) / (len(golden) + 1)
    places += [((place + 1) * step - 0.5, one) for place, one in enumerate(golden)]
    return [one for _, one in sorted(places, key=lambda entry: entry[0])]


def _with_repeats(ordered: Sequence[Drawn], settings: AnnotationConfig) -> list[tuple[Drawn, int]]:
    """Each sentence with its occasion. Near the end there is no room for a repeat, so the first occasion moves up."""
    distance = min(REPEAT_DISTANCE, len(ordered) // 2)
    placed: list[tuple[int, int, Drawn, int]] = []
    for place, one in enumerate(ordered):
        if chance(settings.seed, "repeat", one.unit.sentence_id) >= settings.repeat_share:
            placed.append((place, 0, one, 1))
        elif place + distance < len(ordered):
            placed += [(place, 0, one, 1), (place + distance, 1, one, 2)]
        else:
            placed += [(place - distance, 1, one, 1), (place, 0, one, 2)]
    return [(one, occasion) for _, _, one, occasion in sorted(placed, key=lambda entry: entry[:2])]


def _items(one: Drawn, occasion: int, config: Config) -> Iterator[Item]:
    """The sentence as items: one, or several where it has more targets than fit one page, all in one arm."""
    settings, unit = config.annotation, one.unit
    slots = controls.slots_of(config.scheme)
    shared = one.gold or chance(settings.seed, "overlap", unit.sentence_id) < settings.overlap_share
    look = f"#{occasion}" if occasion > 1 else ""
    blind = chance(settings.seed, "blind", unit.sentence_id + look) < settings.blind_share
    for part, first in enumerate(range(0, max(1, len(unit.targets)), slots), start=1):
        uid = unit.sentence_id + (f"/{part}" if part > 1 else "") + look
        yield Item(
            uid=uid,
            sentence_id=unit.sentence_id,
            doc_id=unit.doc_id,
            targets=unit.targets[first : first + slots],
            arm="blind" if blind else "shown",
            inclusion_probability=one.probability,
            annotators=settings.annotators_per_item if shared else 1,
            occasion=occasion,
            gold=one.gold,
            asks_speaker=part == 1,
        )
