"""What ``mkdocs.yml`` says that the package has to know: the Markdown extensions and the forge.

Read here without MkDocs, so that ``dpup check`` renders with the settings of the site.
"""

from __future__ import annotations

import dataclasses
import functools
import os
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import yaml

if TYPE_CHECKING:
    from pathlib import Path

# MkDocs always adds these three.
_BUILTIN: Final = ("toc", "tables", "fenced_code")
_DEFAULT: Final = ("dpup.reo", "dpup.tables", "attr_list", "admonition", "def_list", "sane_lists")


@dataclasses.dataclass(frozen=True, eq=False)  # known by identity: options have no hash
class Settings:
    """Names of Markdown extensions and their options."""

    extensions: tuple[str, ...] = (*_BUILTIN, *_DEFAULT)
    options: dict[str, dict[str, Any]] = dataclasses.field(default_factory=dict)


_DEFAULTS: Final = Settings()


class _Loader(yaml.SafeLoader):
    """Reads ``!ENV`` and its like as nothing: no value that we need carries a tag."""


_Loader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


@functools.lru_cache(maxsize=8)
def _read(file: Path, _time: int) -> Settings:
    config = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    names: list[str] = list(_BUILTIN)
    options: dict[str, dict[str, Any]] = {}
    for item in (config or {}).get("markdown_extensions") or ():
        pairs = item.items() if isinstance(item, dict) else [(item, None)]
        for name, given in pairs:
            names.append(name)
            options[name] = dict(given or {})
    return Settings(tuple(dict.fromkeys(names)), options)


def read(root: Path) -> Settings:
    """Read the settings of a project; a tree without ``mkdocs.yml`` gets the defaults."""
    file = root / "mkdocs.yml"
    try:
        return _read(file, file.stat().st_mtime_ns)
    except (OSError, yaml.YAMLError):
        return _DEFAULTS


@dataclasses.dataclass(frozen=True, slots=True)
class Forge:
    """Where the source of a site is kept, as a repository of GitHub."""

    home: str
    """Its address, such as ``https://github.com/OWNER/NAME``."""
    branch: str
    """The branch into which changes are taken."""

    def suggest(self, id_: str) -> str:
        """Give the address of the form that suggests a change, with the id filled in."""
        return f"{self.home}/issues/new?template=suggest-a-change.yml&practice={quote(id_)}"


_EDIT: Final = re.compile(r"(https://[^/\s{}]+/[^/\s{}]+/[^/\s{}]+)/edit/([^/\s{}]+)/\{path\}")
_HOME: Final = re.compile(r"(https://github\.com/[^/\s{}]+/[^/\s{}]+?)(?:\.git|/)?")


@dataclasses.dataclass(frozen=True, slots=True)
class _Env:
    """A value that the environment may set: the names of its variables, and what it is else."""

    names: tuple[str, ...]
    default: str

    def __str__(self) -> str:
        return next((os.environ[name] for name in self.names if os.environ.get(name)), self.default)


class _EnvLoader(yaml.SafeLoader):
    """Reads ``!ENV`` as MkDocs does; other tags as nothing."""


def _env(loader: yaml.SafeLoader, _suffix: str, node: yaml.Node) -> _Env | None:
    if node.tag != "!ENV" or not isinstance(node, yaml.ScalarNode | yaml.SequenceNode):
        return None
    if isinstance(node, yaml.ScalarNode):
        return _Env((node.value,), "")
    *names, default = loader.construct_sequence(node)
    return _Env(tuple(map(str, names)), str(default))


_EnvLoader.add_multi_constructor("", _env)


def forge(root: Path) -> Forge | None:
    """Say where the source of a site is kept: by ``edit_url`` of the plugin, else ``repo_url``.

    None where neither says so in the way of GitHub: then no page can lead to its forms.
    """
    file = root / "mkdocs.yml"
    try:
        edit, home = _addresses(file, file.stat().st_mtime_ns)
    except (OSError, yaml.YAMLError):
        return None
    if found := _EDIT.fullmatch(str(edit)):
        return Forge(found[1], found[2])
    at = _HOME.fullmatch(str(home))
    return Forge(at[1], "main") if at else None


@functools.lru_cache(maxsize=8)
def _addresses(file: Path, _time: int) -> tuple[object, object]:
    config = yaml.load(file.read_text(encoding="utf-8"), Loader=_EnvLoader) or {}  # noqa: S506 - a SafeLoader
    plugins = [item for item in config.get("plugins") or () if isinstance(item, dict)]
    options = next((item["dpup"] or {} for item in plugins if "dpup" in item), {})
    return options.get("edit_url") or "", config.get("repo_url") or ""
