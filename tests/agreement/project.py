"""A small made-up project with everything: articles, arms, a model, speakers, seconds; the truth is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from reports.judgements.table import Judgements
from tests.agreement.make import judgements_of

LABELS = ("favor", "neutral", "against")


@dataclass(frozen=True, kw_only=True)
class Project:
    """What a made-up project is like.

    `lean` is how often annotators take over a pre-label that they see; `skill` how often they, `model_skill` how often
    the model is right of itself; `model_bias` how often the model says favor whatever the truth.
    """

    articles: int = 40
    sentences: int = 10
    people: tuple[str, ...] = ("ann", "ben", "cyn")
    skill: float = 0.85
    model_skill: float = 0.75
    model_bias: float = 0.0
    lean: float = 0.5
    blind: float = 0.3
    seed: int = 0


def sentences(project: Project) -> list[dict[str, Any]]:
    """The sentences with their truth, the model's label and the arm."""
    random = np.random.default_rng(project.seed)
    found = []
    for article in range(project.articles):
        shift = random.normal(0, 0.7)
        odds = np.exp([shift, 0.5, -shift])
        for number in range(project.sentences):
            truth = int(random.choice(3, p=odds / odds.sum()))
            model = truth if random.random() < project.model_skill else int(random.choice(3))
            model = 0 if random.random() < project.model_bias else model
            found.append(
                {
                    "unit": f"a{article}s{number}",
                    "sentence": f"a{article}s{number}",
                    "cluster": f"a{article}",
                    "truth": truth,
                    "model_label": LABELS[model],
                    "model_confidence": round(float(random.uniform(0.4, 0.99)), 3),
                    "arm": "blind" if random.random() < project.blind else "shown",
                    "speaker": f"speaker {number % 2}",
                    "target": "the tax",
                    "outlet": "Daily" if article % 2 else "Post",
                    "date": f"2026-0{1 + article % 3}-01",
                    "text": f"Sentence {number}.",
                }
            )
    return found


def annotated(project: Project, facts: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    """One row per judgement of the stance and of the speaker."""
    random = np.random.default_rng(project.seed + 1)
    rows = []
    for fact in facts if facts is not None else sentences(project):
        for who in project.people:
            own = fact["truth"] if random.random() < project.skill else int(random.choice(3))
            follows = fact["arm"] == "shown" and random.random() < project.lean
            label = fact["model_label"] if follows else LABELS[own]
            shown = {"shown": fact["model_label"], "model": "m@1"} if fact["arm"] == "shown" else {}
            about = {name: value for name, value in fact.items() if name != "truth"}
            seconds = round(float(np.exp(random.normal(2, 0.3))), 2)
            rows.append({**about, **shown, "annotator": who, "label": label, "question": "stance", "seconds": seconds})
    return rows


def judged(project: Project | None = None) -> Judgements:
    """The project's judgements."""
    return judgements_of(annotated(project or Project()))


def predicted(project: Project | None = None, facts: list[dict[str, Any]] | None = None) -> Judgements:
    """The model's labels of all the project's sentences, the model as annotator."""
    rows = facts if facts is not None else sentences(project or Project())
    about = [{name: value for name, value in row.items() if name not in ("truth", "arm")} for row in rows]
    table = judgements_of(
        [{**row, "annotator": "m@1", "label": row["model_label"], "question": "stance"} for row in about]
    )
    return replace(table, source="predictions")
