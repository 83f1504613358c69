"""The page for hosts names the policy that pages carry, and the same headers for each server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from dpup.shell import POLICY
from helpers import ROOT, program, write
from hosting import PAGE, apache, block, listed, nginx

if TYPE_CHECKING:
    from pathlib import Path

FRAMES = "; frame-ancestors 'none'"
"""What a page can't say of itself, and a server can."""
CHECK = (ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8")


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


def yaml_below(heading: str) -> str:
    """Give the example of a workflow below a heading."""
    text = block(heading)
    assert yaml.safe_load(text)
    return text


def test_the_example_for_gitlab_fits_its_schema(tmp_path: Path) -> None:
    write(tmp_path / ".gitlab-ci.yml", yaml_below("GitLab"))
    done = program(
        "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", tmp_path / ".gitlab-ci.yml"
    )
    assert done.returncode == 0, done.stdout


def test_the_example_for_forgejo_fits_the_schema_of_workflows(tmp_path: Path) -> None:
    file = tmp_path / "check.yml"
    write(file, yaml_below("Forgejo and Gitea"))
    done = program("check-jsonschema", "--builtin-schema", "vendor.github-workflows", file)
    assert done.returncode == 0, done.stdout


def test_the_examples_use_the_action_and_the_make_targets_that_we_use() -> None:
    checkout = re.search(r"actions/checkout@\S+ # \S+", CHECK)
    assert checkout
    assert checkout[0] in block("Forgejo and Gitea")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    called = set(re.findall(r"\bmake ([a-z]+)\n", PAGE))
    assert called == {"site", "digests"} <= targets
