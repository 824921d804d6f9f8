"""The one way to make a page: templates whose every word is made harmless and then escaped."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.inert import for_page


def page_environment() -> Environment:
    """The templates of this package; every string that they print goes through `for_page` and is then escaped."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: for_page(value) if type(value) is str else value,
    )
