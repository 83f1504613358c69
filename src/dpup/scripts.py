"""Which modules a script is made of: those it can't start without, and those it loads on use.

Only what a script names word for word counts. A name that is put together, or stands in a constant,
says that nobody should have that module before it is used.
"""

from __future__ import annotations

import re
from typing import Final

_AT_ONCE: Final = re.compile(r"""^(?:import|export)\b[^'"`()]*?['"](\.[^'"]+)['"]""", re.MULTILINE)
_ON_USE: Final = re.compile(r"""\bimport\(\s*['"](\.[^'"]+)['"]\s*\)""")


def at_once(text: str) -> tuple[str, ...]:
    r"""Name what a module imports when it starts, as it says it, in its order.

    >>> at_once("import {a} from './a.js'\nconst b = () => import('./b.js')")
    ('./a.js',)
    """
    return tuple(_AT_ONCE.findall(text))


def on_use(text: str) -> tuple[str, ...]:
    r"""Name what a module imports when it is needed, as it says it, in its order.

    >>> on_use("import {a} from './a.js'\nconst b = () => import('./b.js')")
    ('./b.js',)
    """
    return tuple(_ON_USE.findall(text))
