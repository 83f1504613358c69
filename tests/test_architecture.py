"""The design, held by tests: layers, who may import what, and the house budget."""

from __future__ import annotations

import ast
import re
import statistics
from typing import TYPE_CHECKING

import pytest

from helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = ROOT / "src/dpup"
FILES = sorted(file for file in PACKAGE.rglob("*.py") if file.stem != "__init__")
# A module of a subpackage is named with it, as in the table: export.api.
PATHS = {".".join(file.relative_to(PACKAGE).with_suffix("").parts): file for file in FILES}
MODULES = sorted(PATHS)
PYTHON = [*PACKAGE.rglob("*.py"), *(ROOT / "macros").glob("*.py")]


def table() -> list[set[str]]:
    """Read the layers from the architecture page: the row of a module is its rank."""
    text = (ROOT / "docs/contribute/architecture.md").read_text(encoding="utf-8")
    section = text.partition("## The layers")[2].partition("\nNever:")[0]
    rows = re.findall(r"^\| [^|]+ \| ([a-z_., ]+) \|$", section, re.MULTILINE)
    return [set(row.split(", ")) for row in rows]


LAYERS = table()
RANK = {module: rank for rank, row in enumerate(LAYERS) for module in row}


def imports(source: str) -> set[str]:
    """Name every module that a source text imports, in full."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


def ours(source: str) -> set[str]:
    """Name the modules of the package that a source text imports."""
    parts = [name.split(".")[1:] for name in imports(source) if name.startswith("dpup.")]
    return {".".join(part[:length]) for part in parts for length in (1, 2)} & set(MODULES)


def breaches(module: str, source: str) -> set[str]:
    """Name what a module imports although it stands in its own row or a lower one."""
    return {other for other in ours(source) if RANK[other] >= RANK[module]}


def test_every_module_has_its_row() -> None:
    assert sorted(RANK) == MODULES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_rows_above(module: str) -> None:
    assert breaches(module, PATHS[module].read_text(encoding="utf-8")) == set()


def test_a_breach_is_found() -> None:
    assert breaches("problems", "from dpup import cli") == {"cli"}
    assert breaches("links", "from dpup.library import load") == {"library"}
    assert breaches("library", "from dpup.links import references") == set()
    assert breaches("links", "from dpup.export.api import files") == {"export.api"}
    assert breaches("export.oscal", "from dpup.export import api, records") == {"export.api"}
    assert breaches("export.api", "from dpup import cli\nfrom dpup.export import oscal") == {"cli"}


@pytest.mark.parametrize("module", MODULES)
def test_only_the_plugin_knows_mkdocs_and_nothing_knows_macros(module: str) -> None:
    roots = {name.split(".")[0] for name in imports(PATHS[module].read_text("utf-8"))}
    assert "macros" not in roots
    assert ("mkdocs" in roots) is (module in {"mkdocs_plugin", "mkdocs_shell"})


@pytest.mark.parametrize("module", [it for it in MODULES if not it.startswith("commands.")])
def test_only_commands_print(module: str) -> None:
    tree = ast.parse(PATHS[module].read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {func.id for func in calls if isinstance(func, ast.Name)}
    assert not names & {"print", "echo"}


@pytest.mark.parametrize("module", ["model", "reference", "kinds", "entries", "links", "rules"])
def test_the_model_opens_no_file(module: str) -> None:
    source = PATHS[module].read_text(encoding="utf-8")
    assert not re.search(r"\bopen\(|read_text|read_bytes", source)


def function_lengths() -> list[int]:
    """Count the lines of every function without its docstring."""
    lengths = []
    for file in PYTHON:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                first = node.body[0]
                doc = first.end_lineno - first.lineno + 1 if ast.get_docstring(node) else 0
                lengths.append(node.end_lineno - node.lineno + 1 - doc)
    return sorted(lengths)


def test_functions_keep_to_the_house_budget() -> None:
    lengths = function_lengths()
    assert statistics.median(lengths) < 9
    assert lengths[int(len(lengths) * 0.9)] < 33
    assert sum(length > 50 for length in lengths) / len(lengths) < 0.04


@pytest.mark.parametrize("file", PYTHON, ids=lambda file: file.stem)
def test_no_module_is_over_300_lines(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 300


def test_components_come_in_pairs() -> None:
    folder = ROOT / "macros/components"
    templates = {file.stem for file in folder.glob("*.html") if not file.stem.startswith("_")}
    assert templates == {file.stem for file in folder.glob("*.yaml")}
