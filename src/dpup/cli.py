"""The ``dpup`` command: its parts stand in ``commands``."""

from __future__ import annotations

import click

from dpup.commands import answers, check, export, intake, layout, new, report


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dpup")
def main() -> None:
    """Check, list and lay out the Data Protection and Use Policy."""


for _command in (
    check.check,
    report.report,
    layout.stubs,
    layout.schema,
    export.export,
    answers.answers,
    new.new,
    intake.intake,
):
    main.add_command(_command)
