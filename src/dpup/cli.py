"""The ``dpup`` command: its parts stand in ``commands``."""

from __future__ import annotations

import click

from dpup.commands import (
    answers,
    approve,
    check,
    diff,
    export,
    intake,
    layout,
    new,
    release,
    report,
    review,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dpup")
def main() -> None:
    """Check, list and lay out the Data Protection and Use Policy."""


for _command in (
    check.check,
    diff.diff,
    report.report,
    review.review,
    layout.stubs,
    layout.schema,
    export.export,
    answers.answers,
    approve.approve,
    release.release,
    new.new,
    intake.intake,
):
    main.add_command(_command)
