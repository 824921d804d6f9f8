"""Tables of judgements as files, and what holds of every account of them."""

from __future__ import annotations

TABLE = [("u1", "ann", "favor"), ("u1", "ben", "neutral"), ("u2", "ann", "against"), ("u2", "ben", "against")]


def table_file(tmp_path, text, name="votes.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def lines_of(rows, head="unit,annotator,label"):
    return "\n".join([head, *(",".join(row) for row in rows)]) + "\n"


def balanced(judgements):
    account = judgements.account
    assert account.read == account.kept + sum(each.count for each in account.left_out)
    assert account.kept == len(judgements)
    return account
