"""What the report cites, for the page and as BibTeX."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A work: `short` as in a text, `entry` its BibTeX kind, `fields` in BibTeX's names."""

    short: str
    entry: str
    fields: dict[str, str]


def _article(short: str, author: str, title: str, journal: str, year: int, **more: str) -> Reference:
    fields = {"author": author, "title": title, "journal": journal, "year": str(year), **more}
    return Reference(short=short, entry="article", fields=fields)


def _meeting(short: str, author: str, title: str, booktitle: str, year: int, **more: str) -> Reference:
    fields = {"author": author, "title": title, "booktitle": booktitle, "year": str(year), **more}
    return Reference(short=short, entry="inproceedings", fields=fields)


REFERENCES = {
    "krippendorff2018": Reference(
        short="Krippendorff 2018",
        entry="book",
        fields={
            "author": "Krippendorff, Klaus",
            "title": "Content Analysis: An Introduction to Its Methodology",
            "edition": "4",
            "publisher": "SAGE",
            "year": "2018",
        },
    ),
    "landis1977": _article(
        "Landis & Koch 1977", "Landis, J. Richard and Koch, Gary G.",
        "The Measurement of Observer Agreement for Categorical Data", "Biometrics", 1977,
        volume="33", number="1", pages="159--174", doi="10.2307/2529310",
    ),
    "gwet2008": _article(
        "Gwet 2008", "Gwet, Kilem Li", "Computing Inter-Rater Reliability and Its Variance in the Presence of High "
        "Agreement", "British Journal of Mathematical and Statistical Psychology", 2008,
        volume="61", number="1", pages="29--48", doi="10.1348/000711006X126600",
    ),
    "efron1987": _article(
        "Efron 1987", "Efron, Bradley", "Better Bootstrap Confidence Intervals",
        "Journal of the American Statistical Association", 1987,
        volume="82", number="397", pages="171--185", doi="10.2307/2289144",
    ),
    "field2007": _article(
        "Field & Welsh 2007", "Field, Christopher A. and Welsh, Alan H.", "Bootstrapping Clustered Data",
        "Journal of the Royal Statistical Society: Series B", 2007,
        volume="69", number="3", pages="369--390", doi="10.1111/j.1467-9868.2007.00593.x",
    ),
    "simonsohn2020": _article(
        "Simonsohn et al. 2020", "Simonsohn, Uri and Simmons, Joseph P. and Nelson, Leif D.",
        "Specification Curve Analysis", "Nature Human Behaviour", 2020,
        volume="4", pages="1208--1214", doi="10.1038/s41562-020-0912-z",
    ),
    "dawid1979": _article(
        "Dawid & Skene 1979", "Dawid, A. Philip and Skene, Allan M.", "Maximum Likelihood Estimation of Observer "
        "Error-Rates Using the {EM} Algorithm", "Applied Statistics", 1979,
        volume="28", number="1", pages="20--28", doi="10.2307/2346806",
    ),
    "calderon2025": _meeting(
        "Calderon et al. 2025", "Calderon, Nitay and Reichart, Roi and Dror, Rotem", "The Alternative Annotator Test "
        "for {LLM}-as-a-Judge: How to Statistically Justify Replacing Human Annotators with {LLM}s",
        "Proceedings of ACL", 2025, eprint="2501.10970", archiveprefix="arXiv",
    ),
    "egami2023": _meeting(
        "Egami et al. 2023", "Egami, Naoki and Hinck, Musashi and Stewart, Brandon M. and Wei, Hanying", "Using "
        "Imperfect Surrogates for Downstream Inference: Design-based Supervised Learning for Social Science "
        "Applications of Large Language Models", "Advances in Neural Information Processing Systems", 2023,
        eprint="2306.04746", archiveprefix="arXiv",
    ),
    "angelopoulos2023": _article(
        "Angelopoulos et al. 2023", "Angelopoulos, Anastasios N. and Bates, Stephen and Fannjiang, Clara and Jordan, "
        "Michael I. and Zrnic, Tijana", "Prediction-Powered Inference", "Science", 2023,
        volume="382", number="6671", pages="669--674", doi="10.1126/science.adi6000",
    ),
    "fort2010": _meeting(
        "Fort & Sagot 2010", "Fort, Kar{\\\"e}n and Sagot, Beno{\\^\\i}t", "Influence of Pre-annotation on "
        "{POS}-tagged Corpus Development", "Proceedings of the Fourth Linguistic Annotation Workshop", 2010,
        url="https://aclanthology.org/W10-1807",
    ),
}  # fmt: skip
"""Every work that the report can cite, by its key."""


def bibtex(keys: tuple[str, ...]) -> str:
    """The cited works as BibTeX entries."""
    entries = []
    for key in keys:
        reference = REFERENCES[key]
        fields = "".join(f"  {name} = {{{value}}},\n" for name, value in reference.fields.items())
        entries.append(f"@{reference.entry}{{{key},\n{fields}}}\n")
    return "\n".join(entries)
