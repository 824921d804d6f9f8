"""``onrecord check``: what is installed, and what would fail."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass

import typer

from pipeline.cli.options import AsJson

EXAMPLE = "Example: onrecord check --json"

_NEEDED = (
    ("pyarrow", "tables at rest"),
    ("datasets", "reading JSONL, CSV, Parquet and the Hub"),
    ("trafilatura", "reading HTML"),
    ("sentencex", "sentences"),
    ("spacy", "syntax, for attribution"),
    ("onnxruntime", "the embedded model"),
    ("tokenizers", "the embedded model"),
    ("jinja2", "pages"),
    ("sklearn", "scores"),
)
_OPTIONAL = (("torch", "training and models by name", "torch"), ("label_studio_sdk", "Label Studio", "studio"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at: what for, whether it works, and what to do where it does not."""

    name: str
    used_for: str
    works: bool
    needed: bool
    detail: str


def check_command(
    as_json: AsJson = False,
) -> None:
    """Say what is installed, and what would fail and why. Exits with 1 where something needed does not work."""
    findings = check()
    fine = all(finding.works for finding in findings if finding.needed)
    if as_json:
        typer.echo(json.dumps({"ok": fine, "findings": [asdict(finding) for finding in findings]}))
    else:
        for finding in findings:
            mark = "ok" if finding.works else ("FAILS" if finding.needed else "not there")
            typer.echo(f"{mark:>9}  {finding.name:<18} {finding.used_for}: {finding.detail}")
        typer.echo("Next: onrecord label article.txt" if fine else "Next: mend what FAILS, then onrecord check")
    if not fine:
        raise typer.Exit(1)


def check() -> list[Finding]:
    """Look at everything that labelling needs, by using it."""
    python = Finding(
        name="python",
        used_for="everything",
        works=(3, 11) <= sys.version_info < (3, 14),
        needed=True,
        detail=".".join(map(str, sys.version_info[:3])),
    )
    packages = [_package(name, used_for, needed=True, extra=None) for name, used_for in _NEEDED]
    extras = [_package(name, used_for, needed=False, extra=extra) for name, used_for, extra in _OPTIONAL]
    return [python, *packages, _parser(), _model(), *extras]


def _package(name: str, used_for: str, *, needed: bool, extra: str | None) -> Finding:
    from importlib import import_module
    from importlib.metadata import PackageNotFoundError, version

    distribution = {"sklearn": "scikit-learn", "label_studio_sdk": "label-studio-sdk"}.get(name, name)
    try:
        import_module(name)
        detail, works = version(distribution), True
    except (ImportError, PackageNotFoundError, OSError) as error:
        way = f'pip install "onrecord[{extra}]"' if extra else f"pip install {distribution}"
        detail, works = f"{error} - fix: {way}", False
    return Finding(name=name, used_for=used_for, works=works, needed=needed, detail=detail)


def _parser() -> Finding:
    from pipeline.attribute.parse import model_name
    from pipeline.attribute.stage import Attribute
    from pipeline.config import AttributeConfig
    from pipeline.errors import OnrecordError
    from pipeline.records import Article, Document
    from pipeline.split.stage import Split
    from pipeline.stage import run_stages

    document = Document(doc_id="check", text="Ann Lee said that it had rained.")
    try:
        article = run_stages([Split(), Attribute(AttributeConfig())], [Article(document=document)])[0]
        works = bool(article.attributions)
        detail = model_name() if works else f"{model_name()} finds no speaker in: {document.text}"
    except OnrecordError as error:
        detail, works = str(error).replace("\n", " "), False
    return Finding(name="English parser", used_for="attribution", works=works, needed=True, detail=detail)


def _model() -> Finding:
    from pipeline.errors import OnrecordError
    from pipeline.prelabel.load import load_classifier

    try:
        classifier = load_classifier()
        detail, works = f"{classifier.name}@{classifier.revision}", True
    except OnrecordError as error:
        detail, works = str(error).replace("\n", " "), False
    return Finding(name="embedded model", used_for="stance and sentiment", works=works, needed=True, detail=detail)
