"""The lists of words that the rules go by: data of the package, one YAML file each."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Any

import yaml


@functools.cache
def read(name: str) -> Any:  # noqa: ANN401 - each file has its own shape
    """Give what ``name``.yml says."""
    text = resources.files("dpup.language").joinpath(f"{name}.yml").read_text(encoding="utf-8")
    return yaml.safe_load(text)
