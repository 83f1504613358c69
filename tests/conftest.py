"""The one shared fixture: a temporary project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers import make_project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Project = "Callable[..., Path]"


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Make a project: ``project({"content/x.md": "…"})`` gives its folder."""
    return lambda files=None: make_project(tmp_path / "project", files)
