"""Made-up studies of every kind: a full one, in which nothing is missing, and the degenerate ones."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from reports.judgements.cleaning import Rows, clean
from reports.judgements.table import Judgements

STANCE = ("favor", "neutral", "against")
PEOPLE = {"Ana": 0.92, "Bo": 0.85, "Chidi": 0.88, "Daisuke": 0.62}
SPEAKERS = ("Elon Musk", "Bill Nelson", "the article", "John Kirby", "Dmitry Peskov", "Department of Defense")
TARGETS = ("Elon Musk", "Vladimir Putin", "an investigation into the contacts")
OUTLETS = ("The Daily Record", "Morning Ledger", "Harbour Post")
HOSTILE = "<script>window.__pwned=1</script>\"'&\u202e$x^2$\x00"

Row = dict[str, str]


def full_study(articles: int = 60, *, people: Iterable[str] = tuple(PEOPLE), seed: int = 5) -> list[Row]:
    """Everything at once: the stance and the speaker, two arms, a model, times, second looks, rounds, outlets."""
    chance = random.Random(seed)
    return [row for number in range(articles) for row in _article(number, tuple(people), chance)]


def _article(number: int, people: tuple[str, ...], chance: random.Random) -> Iterator[Row]:
    about = {
        "cluster": f"a{number:03}",
        "outlet": OUTLETS[number % 3],
        "date": f"2024-{1 + number % 6:02}-11",
        "round": "pilot" if number < 20 else "second",
    }
    for line in range(4):
        sentence = f"a{number:03}s{line}"
        speaker = chance.choice(SPEAKERS)
        blind = "blind" if chance.random() < 0.3 else "shown"
        target = chance.choice(TARGETS)
        common = {
            **about,
            "sentence": sentence,
            "arm": blind,
            "probability": "0.4",
            "text": f"“{target} would be a mistake for the agency,” {speaker} said on {line + 1} May, adding that "
            f"nothing in paragraph {number} had been decided.",
            "context": "The committee met on Tuesday.",
            "target": target,
            "speaker": speaker,
        }
        yield from _speaker(common, people, chance)
        yield from _judged(common, "stance", STANCE, people, chance)


def _speaker(common: Row, people: tuple[str, ...], chance: random.Random) -> Iterator[Row]:
    for name in people:
        said = common["speaker"] if chance.random() < PEOPLE[name] else chance.choice(SPEAKERS)
        yield {**common, "unit": common["sentence"], "annotator": name, "question": "speaker", "label": said, "arm": ""}


def _judged(common: Row, question: str, labels: tuple[str, ...], people: tuple[str, ...], chance: random.Random):
    truth = chance.choices(labels, (2, 5, 3))[0]
    confidence = chance.uniform(0.4, 0.99)
    guess = truth if chance.random() < confidence - 0.05 else chance.choice(labels)
    shown = common["arm"] == "shown"
    row = {
        **common,
        "unit": f"{common['sentence']} → {common['target']}",
        "question": question,
        "model": "embedded@3f9c2a1",
        "model_label": guess,
        "model_confidence": f"{confidence:.3f}",
        "shown": guess if shown else "",
    }
    for name in people:
        for occasion in (0, 1) if chance.random() < 0.08 else (0,):
            label = truth if chance.random() < PEOPLE[name] else chance.choice(labels)
            label = guess if shown and chance.random() < 0.25 else label
            seconds = f"{chance.lognormvariate(2.0 - 0.2 * shown, 0.5):.1f}"
            yield {**row, "annotator": name, "label": label, "seconds": seconds, "occasion": str(occasion)}


def predictions(rows: list[Row], copies: int = 4, seed: int = 5) -> Judgements:
    """The model's labels of the corpus that the study's units were drawn from."""
    chance = random.Random(seed)
    units = {(row["unit"], row["question"]): row for row in rows if row.get("model_label")}
    names = ("unit", "annotator", "question", "label", "cluster", "target", "speaker", "outlet", "date")
    found: list[Row] = []
    for row in units.values():
        kept = {**row, "annotator": row["model"], "label": row["model_label"]}
        more = ({**kept, "unit": f"{row['unit']}~{n}", "label": chance.choice(STANCE)} for n in range(1, copies))
        found += [kept, *more]
    columns = {name: [row[name] for row in found] for name in names}
    return clean(Rows(source="predictions", columns=columns, line=np.arange(1, len(found) + 1)))


def plain(labels: Iterable[Iterable[str]], annotators: str = "ABCDEFGH") -> list[Row]:
    """A bare table: a row of labels for each unit, '' where an annotator did not judge."""
    return [
        {"unit": f"u{number}", "annotator": who, "label": label}
        for number, unit in enumerate(labels)
        for who, label in zip(annotators, unit, strict=False)
        if label
    ]


def _no_overlap() -> list[Row]:
    return plain([("yes", "")] * 5 + [("", "no")] * 5)


def _no_blind() -> list[Row]:
    rows = [row for row in full_study(12) if row["question"] == "stance"]
    return [{**row, "arm": "shown", "shown": row["model_label"]} for row in rows]


def _crowd() -> list[Row]:
    chance = random.Random(1)
    return [
        {"unit": f"u{unit}", "annotator": f"worker {(unit * 3 + place) % 120}", "label": chance.choice(("yes", "no"))}
        for unit in range(400)
        for place in range(3)
    ]


def _many_labels() -> list[Row]:
    """A question whose labels are names, as many as a corpus has speakers."""
    chance = random.Random(2)
    names = [f"speaker {number} of the house" for number in range(150)]
    rows = []
    for unit in range(300):
        said = names[unit % 150]
        for who in "ABC":
            label = said if chance.random() < 0.8 else chance.choice(names)
            rows.append({"unit": f"u{unit}", "annotator": who, "label": label})
    return rows


def _hostile() -> list[Row]:
    """The full study with markup, overrides, mathematics and controls in every name."""
    rows = [row for row in full_study(14) if row["question"] == "stance"]
    hurt = ("unit", "annotator", "target", "speaker", "outlet", "text", "context", "model", "round")
    return [{**row, **{name: f"{HOSTILE}{row[name]}" for name in hurt}} for row in rows]


STUDIES = {
    "full": full_study,
    "one annotator": lambda: plain([(each,) for each in ("yes", "no", "yes", "no", "no", "yes")]),
    "one label": lambda: plain([("yes", "yes")] * 8),
    "no overlap": _no_overlap,
    "no blind arm": _no_blind,
    "three items": lambda: plain([("yes", "no", "yes"), ("no", "no", "no"), ("yes", "yes", "yes")]),
    "one article": lambda: [{**row, "cluster": "a"} for row in plain([("1", "2"), ("2", "2"), ("3", "1"), ("1", "1")])],
    "perfect": lambda: plain([("yes", "yes"), ("no", "no")] * 200),
    "a crowd": _crowd,
    "many labels": _many_labels,
    "hostile": _hostile,
}
"""Every study by name."""


def write(rows: list[Row], path: Path) -> Path:
    """Write a study as CSV."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows({name: value.replace("\x00", "") for name, value in row.items()} for row in rows)
    return path
