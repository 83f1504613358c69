"""Tables of Markdown, in boxes that scroll and that the keyboard reaches."""

from __future__ import annotations

import re

from markdown import markdown

from dpup.tables import TablesExtension

TABLE = "| Who | What |\n|---|---|\n| a | b |\n"


def made(text: str) -> str:
    """Render Markdown with tables."""
    return markdown(text, extensions=["tables", TablesExtension()])


def test_a_table_is_named_by_the_heads_of_its_columns() -> None:
    assert 'aria-label="Table: Who, What"' in made(TABLE)
    assert 'tabindex="0"' in made(TABLE)


def test_tables_of_the_same_heads_are_numbered() -> None:
    names = re.findall(r'aria-label="([^"]+)"', made(f"{TABLE}\n\ntext\n\n{TABLE}"))
    assert names == ["Table: Who, What", "Table 2: Who, What"]
