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
        # MkDocs' page has a file; Zensical's has a path, and its links are made from files.
        file = getattr(env.page, "file", None)
        here = file.src_uri if file else env.page.path
        words = for_page(Path(env.project_dir), here, as_files=file is None)
        return str(getattr(words, name)(*args, **kwargs))

    return word
