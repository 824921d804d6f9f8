"""The examples of a recipe: its sources read, the fold that a run leaves out set apart, the rest mixed."""

from __future__ import annotations

from pathlib import Path

from pipeline.train.mixture import mix
from pipeline.train.recipe import Recipe, Schedule, Source
from pipeline.train.sources import Example, fold_of, read_examples
from pipeline.train.written import read_claims, read_comments, read_names, read_people, read_topics


def read_mixture(recipe: Recipe, data: Path, run: int = 0) -> list[Example]:
    """Read the sources of a recipe from the folder `data` and mix them for one of its runs: always the same list."""
    sources = {name: read_source(recipe, source, data) for name, source in recipe.sources.items()}
    kept = {
        name: [row for row in sources[name] if not _is_left_out(row, source, recipe.schedule, run)]
        for name, source in recipe.sources.items()
    }
    return mix(recipe.mixture, kept, seed=recipe.schedule.seeds[run])


def read_fold(recipe: Recipe, data: Path, run: int) -> dict[str, list[Example]]:
    """Read what a run leaves out, by the names of the sources that it leaves something of."""
    left = {
        name: [row for row in read_source(recipe, source, data) if _is_left_out(row, source, recipe.schedule, run)]
        for name, source in recipe.sources.items()
    }
    return {name: rows for name, rows in left.items() if rows}


def read_source(recipe: Recipe, source: Source, data: Path) -> list[Example]:
    """Read one source of a recipe."""
    path = _place(recipe, source, data)
    match source.kind:
        case "topics":
            return list(read_topics(path))
        case "comments":
            return list(read_comments(path))
        case "people":
            return list(read_people(path))
        case "claims" | "names":
            about = read_examples(data / (source.of or ""), "sentiment")
            read = read_claims if source.kind == "claims" else read_names
            return list(read(path, (row.text for row in about)))
        case _:
            return read_examples(path, source.kind)


def files_of(recipe: Recipe, data: Path) -> dict[str, Path]:
    """Every file that a recipe learns from or is measured on, by the path that the recipe gives it."""
    sources = recipe.sources.values()
    return (
        {source.path: _place(recipe, source, data) for source in sources}
        | {source.of: data / source.of for source in sources if source.of}
        | {measure.path: recipe.gold(measure, data) for measure in recipe.measures.values()}
    )


def _place(recipe: Recipe, source: Source, data: Path) -> Path:
    """Where the file of a source is: beside the recipe if it was written for it, or else among the data."""
    return (data if source.kind in ("sentiment", "stance", "nli") else recipe.folder) / source.path


def _is_left_out(row: Example, source: Source, schedule: Schedule, run: int) -> bool:
    """Of NLI, and of sentences written for the recipe, nothing is left out: the model is not made for them."""
    if not schedule.folds or source.kind not in ("sentiment", "stance", "claims", "names"):
        return False
    return fold_of(row, source.kind, schedule.folds) in range(run, run + schedule.left_out)
