"""One style sheet for all pages, made of several that people can read; scripts as well.

A phone on a slow line asks for one file sooner than for six. The files that belong to a single
component stay apart, since most pages do not need them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import rcssmin
import rjsmin

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def joined(files: Iterable[Path]) -> str:
    """Give style sheets as one, in their order, without comments and spare space."""
    return "\n".join(minified(file.read_text(encoding="utf-8")) for file in files) + "\n"


def minified(text: str) -> str:
    """Give a style sheet without comments and spare space.

    >>> minified("a { color: red; } /* why */")
    'a{color:red}'
    """
    return str(rcssmin.cssmin(text))


def script(text: str) -> str:
    r"""Give a script without comments and spare space; names stay, so that it can be read.

    >>> script("// why\nexport const one = () => `a  b` // how")
    'export const one=()=>`a  b`'
    """
    return str(rjsmin.jsmin(text))
