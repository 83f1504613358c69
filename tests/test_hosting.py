"""The page for hosts names the policy that pages carry, and the same headers for each server."""

from __future__ import annotations

from dpup.shell import POLICY
from hosting import PAGE, apache, block, listed, nginx

FRAMES = "; frame-ancestors 'none'"
"""What a page can't say of itself, and a server can."""


def test_the_page_shows_the_policy_that_pages_carry() -> None:
    assert block("What each page says already") == POLICY


def test_servers_send_the_same_policy_and_keep_pages_out_of_frames() -> None:
    for headers in (nginx(), apache(), listed()):
        assert headers["Content-Security-Policy"] == POLICY + FRAMES


def test_servers_send_the_same_headers() -> None:
    assert nginx() == {**listed(), "Cache-Control": "$kept"}
    assert apache() == listed()
    assert 'default                    "no-cache"' in block("nginx")


def test_each_header_is_explained() -> None:
    explained = PAGE.partition("## What a server should add")[2].partition("\n## ")[0]
    for name, value in listed().items():
        if name == "Cache-Control":
            continue
        row = next(line for line in explained.splitlines() if line.startswith(f"| `{name}` |"))
        assert value in row or name == "Content-Security-Policy"
