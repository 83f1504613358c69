"""Component templates: each a pair of ``x.html`` and ``x.yaml`` in ``macros/components``.

The YAML is contract, fixture and documentation: the parameters that the template takes, and
examples that the tests render. Every text is escaped by the template engine.
"""

from __future__ import annotations

import dataclasses
import functools
import os
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from dpup import safeyaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDER = "macros/components"


class ComponentError(Exception):
    """A component was used against its contract: a mistake in our code, not in content."""


@dataclasses.dataclass(frozen=True, slots=True)
class Contract:
    """What the YAML of a component says."""

    name: str
    description: str
    params: Mapping[str, Mapping[str, Any]]
    examples: tuple[Mapping[str, Any], ...]

    def check(self, given: Mapping[str, object]) -> None:
        """Raise ComponentError for parameters that the contract does not know or misses."""
        unknown = sorted(given.keys() - self.params.keys())
        needed = {name for name, param in self.params.items() if param.get("required")}
        missing = sorted(needed - given.keys())
        if unknown or missing:
            msg = f"{self.name}: unknown {unknown}, missing {missing}"
            raise ComponentError(msg)


class Components:
    """The components of one project."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._jinja = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._contracts: dict[str, Contract] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """All components, in order."""
        return tuple(sorted(file.stem for file in self.folder.glob("*.yaml")))

    def contract(self, name: str) -> Contract:
        """Read the contract of a component."""
        if name not in self._contracts:
            file = self.folder / f"{name}.yaml"
            if not file.is_file():
                msg = f"no component '{name}' in {FOLDER}"
                raise ComponentError(msg)
            self._contracts[name] = _contract(name, file)
        return self._contracts[name]

    def render(self, name: str, context: Mapping[str, object], **params: object) -> Markup:
        """Render a component; ``context`` holds what every template may use."""
        contract = self.contract(name)
        contract.check(params)
        defaults = {key: param.get("default") for key, param in contract.params.items()}
        template = self._jinja.get_template(f"{name}.html")
        return Markup(template.render({**context, **defaults, **params}))  # noqa: S704 - the template escapes


def _contract(name: str, file: Path) -> Contract:
    parsed = safeyaml.parse(file.read_text(encoding="utf-8"), file.name)
    data: Any = parsed.data
    if parsed.problems or not isinstance(data, dict):
        msg = "; ".join(map(str, parsed.problems)) or f"{file.name} is not a mapping"
        raise ComponentError(msg)
    params = {param["name"]: param for param in data.get("params") or ()}
    return Contract(name, data["description"], params, data.get("examples") or ())


@functools.lru_cache(maxsize=8)
def _at(folder: Path, _fingerprint: tuple[tuple[str, int], ...]) -> Components:
    return Components(folder)


def of_project(root: Path) -> Components:
    """Give the components of a project, read again when one of their files changes.

    Projects whose folders are links to the same one share what was read.
    """
    folder = (root / FOLDER).resolve()
    with os.scandir(folder) as found:  # each page of a build asks, so this has to be quick
        times = sorted((item.name, item.stat().st_mtime_ns) for item in found if "." in item.name)
    return _at(folder, tuple(times))
