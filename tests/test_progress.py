"""The progress bar: shown on a terminal, and nowhere else."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from dpup.export import progress

if TYPE_CHECKING:
    import pytest


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress.shown("Making") as tell:
        assert tell is not None
        tell(0, 4)
        tell(1, 4)
        tell(4, 4)
    shown = terminal.getvalue()
    assert "Making" in shown
    assert " 25%" in shown
    assert "100%" in shown


def test_nothing_to_do_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress.shown("Making") as tell:
        assert tell is not None
    assert terminal.getvalue() == ""


def test_a_log_is_kept_free_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.StringIO()
    monkeypatch.setattr("sys.stderr", log)
    with progress.shown("Making") as tell:
        assert tell is None
    assert log.getvalue() == ""
