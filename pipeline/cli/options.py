"""What several commands are given alike: declared once, so that one word means one thing everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="A run folder that `onrecord label` wrote.")]
PushedRun = Annotated[Path, typer.Argument(metavar="RUN", help="A run folder that was pushed to Label Studio.")]
PushedProject = Annotated[
    str | None, typer.Option("--project", metavar="NAME", help="Which project; when left out, the one pushed last.")
]
SettingsFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Settings in YAML; configs/default.yaml shows all.")
]

LabelNames = Annotated[
    str | None, typer.Option("--labels", metavar="A,B,C", help="The labels that count, in the order of their scale.")
]
Nominal = Annotated[bool, typer.Option("--nominal", help="The labels have no order.")]
SchemeFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Take the questions and labels from this YAML file.")
]
Resamples = Annotated[int, typer.Option("--resamples", metavar="N", min=1, help="Resamples behind each interval.")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Fixes the resamples.")]
