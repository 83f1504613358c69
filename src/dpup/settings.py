"""What ``mkdocs.yml`` says that the package has to know: the Markdown extensions.

Read here without MkDocs, so that ``dpup check`` renders with the settings of the site.
"""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from pathlib import Path

# MkDocs always adds these three.
_BUILTIN: Final = ("toc", "tables", "fenced_code")
_DEFAULT: Final = ("dpup.reo", "dpup.tables", "attr_list", "admonition", "def_list", "sane_lists")


@dataclasses.dataclass(frozen=True)
class Settings:
    """Names of Markdown extensions and their options."""

    extensions: tuple[str, ...] = (*_BUILTIN, *_DEFAULT)
    options: dict[str, dict[str, Any]] = dataclasses.field(default_factory=dict)


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
        return Settings()
