"""The only bridge to mkdocs-macros and Zensical: it registers the vocabulary, nothing else.

Zensical runs this module again for each page; everything that costs time is cached in the
package. The page being rendered is asked for when a word is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dpup.vocabulary import for_page
from dpup.words import WORDS


def define_env(env: Any) -> None:  # noqa: ANN401 - each engine has an environment of its own
    """Register every word of the vocabulary."""
    for name in WORDS:
        env.macro(_word(env, name), name)


def _word(env: Any, name: str) -> Any:  # noqa: ANN401
    def word(*args: object, **kwargs: object) -> str:
        here = getattr(env.page, "path", None) or env.page.file.src_uri
        return str(getattr(for_page(Path(env.project_dir), here), name)(*args, **kwargs))

    return word
