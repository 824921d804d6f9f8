r"""The report's methods paragraph and tables as LaTeX, to be put into a paper with ``\input``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.document.document import Document, Figure, Listing, Table
from reports.document.notation import written
from reports.inert import for_page

MOST = 30
"""Longer tables stay in CSV: no paper prints them."""

_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "α": r"$\alpha$", "κ": r"$\kappa$", "π": r"$\pi$", "ε": r"$\epsilon$",
    "−": r"$-$", "→": r"$\rightarrow$", "±": r"$\pm$", "–": "--", "’": "'", "“": "``", "”": "''", "…": r"\ldots{}",
    "[": "{[}", "]": "{]}",
}  # fmt: skip
_HEAD = """% Made by onrecord. Put \\usepackage{booktabs,natbib,graphicx} in the preamble, and \\input this file.
% Names in other scripts than Latin need lualatex or xelatex, and a font that has them.
"""


def latex_of(document: Document) -> str:
    r"""The methods paragraph with ``\citep``, then the tables of the report in their order, without the long ones."""
    tables = "\n".join(_table(table) for table in _printed(document))
    title = "Machine labels." if document.caution else "Agreement."
    return f"{_HEAD}\n\\paragraph{{{title}}}\n{escaped(document.methods)}\n\n{tables}"


def escaped(words: str) -> str:
    r"""Words in which nothing is a command, but ``[@key]`` becomes ``\citep{key}`` and backticks ``\texttt``."""
    line = " ".join(for_page(words).split())
    parts = re.split(r"(\[@\w+(?:; @\w+)*\]|`[\w ]+`)", line)
    return "".join(_marked(part) if place % 2 else _signs(part) for place, part in enumerate(parts))


def _marked(part: str) -> str:
    if part.startswith("`"):
        return f"\\texttt{{{_signs(part.strip('`'))}}}"
    keys = ",".join(re.findall(r"@(\w+)", part))
    return f"\\citep{{{keys}}}"


def _signs(words: str) -> str:
    return "".join(_SIGNS.get(sign, sign) for sign in words)


def _printed(document: Document) -> Iterator[Table]:
    for chapter in document.chapters:
        for block in chapter.blocks:
            if isinstance(block, (Figure, Listing)) and 0 < len(block.table.rows) <= MOST:
                yield block.table


def _table(table: Table) -> str:
    kinds = "".join("l" if column.form == "text" else "r" for column in table.columns)
    head = " & ".join(escaped(column.title) for column in table.columns)
    rows = "\n".join(
        " & ".join(escaped(written(value, column.form)[:80]) for value, column in zip(row, table.columns, strict=True))
        + r" \\"
        for row in table.rows
    )
    return (
        "\\begin{table}\n\\centering\\small\n"
        f"\\caption{{{escaped(table.title)}}}\\label{{tab:{table.name}}}\n"
        f"\\begin{{tabular}}{{{kinds}}}\n\\toprule\n{head} \\\\\n\\midrule\n{rows}\n\\bottomrule\n"
        "\\end{tabular}\n\\end{table}\n"
    )
