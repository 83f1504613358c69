"""The ``dpup`` command: its parts stand in ``commands``."""

from __future__ import annotations

import atexit
import gc
import importlib
from typing import Final

import click

COMMANDS: Final = {
    "check": "check",
    "diff": "diff",
    "report": "report",
    "review": "review",
    "approve": "approve",
    "release": "release",
    "new": "new",
    "intake": "intake",
    "export": "export",
    "answers": "answers",
    "stubs": "layout",
    "schema": "layout",
}
"""Each command with its module, in the order of the help."""


class Commands(click.Group):
    """Loads a command when it is asked for: all of them together take most of a second."""

    def list_commands(self, ctx: click.Context | None) -> list[str]:
        """Name all commands."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context | None, cmd_name: str) -> click.Command | None:
        """Load a command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"dpup.commands.{COMMANDS[cmd_name]}")
        found: click.Command = getattr(module, cmd_name)
        return found


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dpup")
def main() -> None:
    """Check, list and lay out the Data Protection and Use Policy."""
    # A command lives for seconds and keeps nearly all that it reads: looking through that for
    # garbage again and again takes a tenth of its time.
    gc.set_threshold(100_000, 50, 50)
    # Once more at its end, when the system takes all of it back anyway.
    atexit.register(gc.disable)
