"""Chapters at the end: the methods paragraph, and what it takes to compute every number again."""

from __future__ import annotations

from collections.abc import Mapping

from reports.document import report_sentences as says
from reports.document import report_wording as words
from reports.document.document import Chapter, Facts, Prose
from reports.document.report_methods import methods_paragraph
from reports.document.sections.parts import Analysis


def methods(report: Analysis) -> Chapter:
    """The paragraph to put into a paper."""
    block = Prose(text=methods_paragraph(report))
    return Chapter(key="methods", title="Methods paragraph", lead=words.LEADS["methods"], blocks=(block,))


def audit(report: Analysis) -> Chapter:
    """Hashes, seed, versions, and how to verify."""
    blocks = (Facts(rows=tuple(provenance(report).items())), Prose(text=words.VERIFY))
    return Chapter(key="audit", title="Audit", lead=words.LEADS["audit"], blocks=blocks)


def provenance(report: Analysis) -> Mapping[str, str]:
    """What the numbers were computed from, and with."""
    found, made = report["input"], report.get("provenance", {})
    source = {
        "run" if report.get("machine") else "judgements": str(found["source"]),
        "SHA-256 of the file": str(made.get("sha256") or "not recorded"),
    }
    return {**source, **({} if report.get("machine") else _statistics(report)), **_made_with(made)}


def _statistics(report: Analysis) -> Mapping[str, str]:
    found = report["input"]
    return {
        "fingerprint of the cleaned table": str(found["digest"]),
        "seed": str(found["seed"]),
        "resamples": f"{found['resamples']:,} of {says.cluster_name(report)}s",
        "intervals": f"{100 * found['level']:g}%, bias-corrected and accelerated bootstrap",
        "inclusion weights": "used, as logged" if found["weighted"] else "none were logged: every unit counts once",
    }


def _made_with(made: Analysis) -> Mapping[str, str]:
    return {
        **{name: str(version) for name, version in made.get("versions", {}).items()},
        **({"date": str(made["date"])} if made.get("date") else {}),
    }
