"""The headers that the page for hosts names, read from its examples."""

from __future__ import annotations

import re

from helpers import ROOT

PAGE = (ROOT / "docs/contribute/hosting.md").read_text(encoding="utf-8")


def block(heading: str) -> str:
    """Give the first block of code below a heading of the page."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return section.partition("```")[2].partition("\n")[2].partition("\n```")[0]


def nginx() -> dict[str, str]:
    """Give the headers of nginx, by their names."""
    found = re.findall(r'^  add_header (\S+) "?([^"\n]+?)"? always;$', block("nginx"), re.MULTILINE)
    return dict(found)


def apache() -> dict[str, str]:
    """Give the headers of Apache that every file has."""
    found = re.findall(r'^  Header (?:always )?set (\S+) "(.+)"$', block("Apache"), re.MULTILINE)
    return dict(found)


def listed() -> dict[str, str]:
    """Give the headers of a file ``_headers``."""
    text = block("Netlify, Cloudflare Pages and others that read `_headers`")
    return dict(re.findall(r"^  (\S+): (.+)$", text, re.MULTILINE))
