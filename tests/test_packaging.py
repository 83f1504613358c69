"""What the package imports is what it says it needs: so it runs where nothing else is installed."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING

import pytest

from helpers import ROOT
from test_architecture import PATHS, imports

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
KNOWN = packages_distributions()
OF_THE_SITE = {"mkdocs_plugin", "mkdocs_shell", "search.index", "styles"}
"""Modules that only the building of a site loads."""


def plain(name: str) -> str:
    """Write the name of a distribution in the one way that all spellings come to."""
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirements: list[str]) -> set[str]:
    return {plain(re.split(r"[<>=!~;\[ ]", text)[0]) for text in requirements}


NEEDED = named(PROJECT["dependencies"])
WITH_SITE = NEEDED | named(PROJECT["optional-dependencies"]["site"])


def others(source: str) -> set[str]:
    """Name the distributions that a source text imports."""
    roots = {name.split(".")[0] for name in imports(source)}
    roots -= {*sys.stdlib_module_names, "dpup"}
    return {plain(KNOWN[root][0]) if root in KNOWN else root for root in roots}


def at_once(file: Path) -> str:
    """Give a source text without what only the checker of types reads."""
    return re.sub(
        r"^if TYPE_CHECKING:\n(    .*\n|\n)+", "", file.read_text("utf-8"), flags=re.MULTILINE
    )


@pytest.mark.parametrize("module", PATHS)
def test_what_a_module_imports_is_installed_with_the_package(module: str) -> None:
    declared = WITH_SITE if module in OF_THE_SITE else NEEDED
    assert others(at_once(PATHS[module])) - declared == set()


def test_only_what_needs_a_package_of_the_site_may_have_one() -> None:
    needing = {name for name, file in PATHS.items() if others(at_once(file)) - NEEDED}
    assert needing == OF_THE_SITE


def test_what_is_not_declared_is_found() -> None:
    assert others("import pytest\nimport json\nfrom dpup import cli\n") - NEEDED == {"pytest"}
    assert others("import yaml\nfrom docx import Document\n") - NEEDED == set()
