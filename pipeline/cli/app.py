"""The command `onrecord`. Importing this must stay cheap: heavy libraries are imported by the verbs that need them."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from pipeline.cli import (
    agree,
    annotators,
    check,
    evaluate,
    gold,
    label,
    pull,
    push,
    readings,
    report,
    show,
    speakers,
    status,
    studio,
    train,
)
from pipeline.errors import OnrecordError
from reports.inert import for_terminal


class Commands(TyperGroup):
    """All commands. One that is stopped says so; one whose reader has gone (``onrecord agree f | head``) is done."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            _complain("Stopped.", 130)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains while it ends
            sys.exit(0)


app = typer.Typer(
    name="onrecord",
    cls=Commands,
    help="Who said what, and where do they stand: speakers, stance and sentiment for news text.",
    epilog="Start with: onrecord label article.txt",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("label", epilog=label.EXAMPLE)(label.label_command)
app.command("show", epilog=show.EXAMPLE)(show.show_command)
app.command("speakers", epilog=speakers.EXAMPLE)(speakers.speakers_command)
app.command("evaluate", epilog=evaluate.EXAMPLE)(evaluate.evaluate_command)
app.command("agree", epilog=agree.EXAMPLE)(agree.agree_command)
app.add_typer(report.report_app, name="report", help="The agreement report, and `report verify`.")
app.add_typer(studio.studio_app, name="studio", help="A Label Studio server on this machine: start, stop, status.")
app.add_typer(annotators.annotators_app, name="annotators", help="Accounts for the people who label: add, list, post.")
annotators.annotators_app.command("post", epilog=readings.EXAMPLE)(readings.post_command)
app.command("push", epilog=push.EXAMPLE)(push.push_command)
app.command("pull", epilog=pull.EXAMPLE)(pull.pull_command)
app.command("status", epilog=status.EXAMPLE)(status.status_command)
app.command("gold", epilog=gold.EXAMPLE)(gold.gold_command)
app.command("train", epilog=train.EXAMPLE)(train.train_command)
app.command("check", epilog=check.EXAMPLE)(check.check_command)


@app.callback()
def _root() -> None:
    """Who said what, and where do they stand: speakers, stance and sentiment for news text."""


def main() -> None:
    """Run the command line: exit 0 when done, 2 for an error the user can mend, 130 when stopped by Ctrl-C."""
    try:
        sys.exit(app(standalone_mode=False, prog_name="onrecord") or 0)
    except OnrecordError as error:
        _complain(f"{error}", 2)
    except typer.Abort:
        _complain("Stopped.", 130)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        _complain(f"{error.format_message()}\nFix: {_verb_of(error)} --help shows how.", 2)


def _verb_of(error: Any) -> str:  # noqa: ANN401
    """The command that an error of its options is about: *onrecord label*."""
    context = getattr(error, "ctx", None)
    return str(context.command_path) if context else "onrecord"


def _complain(message: str, code: int) -> None:
    sys.stderr.write(f"{for_terminal(message)}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
