"""Scripts say the same words after their spare space is taken out."""

from __future__ import annotations

import re

from dpup import styles
from helpers import ROOT

# A template that stands inside another. What takes out the space takes it for code.
NESTED = re.compile(r"\$\{[^`}\n]*`[^`\n]*\s[^`\n]*`")
INNER = "`a ${b ? ` c d` : ''}`"


def test_no_script_has_words_that_would_lose_their_space() -> None:
    assert " c d" not in styles.script(INNER), "then this test is not needed any more"
    assert NESTED.search(INNER)
    for file in sorted((ROOT / "docs/assets/js").glob("*.js")):
        assert NESTED.findall(file.read_text(encoding="utf-8")) == [], file.name
