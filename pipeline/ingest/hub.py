"""Hugging Face data sets, by name or as a local folder, streamed by ``datasets``.

The only module that imports ``datasets``, and only when there is something for it to read: it takes a second. It is
kept from telling its makers about it: reading a local folder opens no connection.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.config import ArticlesConfig
from pipeline.errors import InputError, Place
from pipeline.ingest.columns import has_text, wanted_columns
from pipeline.ingest.rows import Found, Row, documents_of, missing_text

HUB_PREFIX = "hf://datasets/"

_PATIENCE_SECONDS = 10


def read_hub(name: str, config: ArticlesConfig) -> Iterator[Found]:
    """Read a data set by its name on the Hub (``org/name``, ``org/name:subset``), or a local folder that is one.

    The split and the revision are the configuration's. The row number is the line.
    """
    import datasets

    _hush()
    local = Path(name).is_dir()
    repository, _, subset = (name, "", "") if local else name.removeprefix(HUB_PREFIX).partition(":")
    fix = "check `articles.split`; a data set of several parts is named with the part, as in org/name:part."
    if not local:
        _check_hub(repository, name, config.revision)
    with _translated(name, "the data set cannot be read", fix):
        rows = datasets.load_dataset(
            str(Path(name).resolve()) if local else repository,
            subset or None,
            split=config.split,
            revision=None if local else config.revision,
            streaming=True,
        )
        if columns := rows.column_names:
            if not has_text(columns, config.fields):
                raise missing_text(columns, _numbered(rows, name, fix), Place(path=name), config.fields)
            rows = rows.select_columns(wanted_columns(columns, config.fields))
    yield from documents_of(_numbered(rows, name, fix), name, config, columns)


def _hush() -> None:
    """Tell the library to be quiet: no progress bars, no messages, and no word to anyone about what is read."""
    import datasets

    datasets.config.HF_UPDATE_DOWNLOAD_COUNTS = False
    datasets.disable_progress_bars()
    for library in ("datasets", "huggingface_hub"):
        logging.getLogger(library).setLevel(logging.CRITICAL)


def _check_hub(repository: str, name: str, revision: str | None) -> None:
    """Ask the Hub once for the data set, so that a wrong name or a missing network is said at once and plainly."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    fix = "check the name, and log in with `hf auth login` where it is private."
    try:
        HfApi().dataset_info(repository, revision=revision, timeout=_PATIENCE_SECONDS)
    except (HfHubHTTPError, ValueError) as error:
        what = "there is no such file, and the Hub has no such data set or revision that you may read"
        raise InputError(f"{what}.", where=Place(path=name), fix=fix) from error
    except Exception as error:
        raise InputError(
            f"there is no such file, and the Hugging Face Hub cannot be reached ({type(error).__name__}).",
            where=Place(path=name),
            fix="check the path or the network; without one, download the data set and give its folder "
            "with `articles.format: hub`.",
        ) from error


@contextmanager
def _translated(path: str, what: str, fix: str) -> Iterator[None]:
    """Turn whatever the libraries raise about a table into an `InputError`."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:300] or type(error).__name__
        raise InputError(f"{what}: {reason.rstrip('.')}.", where=Place(path=path), fix=fix) from error


def _numbered(rows: Iterable[dict[str, object]], path: str, fix: str) -> Iterator[Row]:
    """The rows, counted from 1; raises InputError where there is no going on."""
    with _translated(path, "the rest of it cannot be read", fix):
        for number, values in enumerate(rows, 1):
            yield Row(values=values, line=number)
