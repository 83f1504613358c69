"""Load, link and check a small and a large tree: does the time grow with the tree.

Run it as ``.venv/bin/python benchmarks/library.py``. It prints a line for each size, and how
many times longer the large tree took than the small one, for how many times as many files.
Each tree is checked in a process of its own, so that the memory is that of one tree.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = ((1_000, 200), (10_000, 2_000))
PER_GUIDELINE = 50
HEAD = """version: "1.0.0"
status: published
reviewed: 2026-11-24
review_by: 2027-11-24
sources: [page]
changes:
  - {version: "1.0.0", date: 2026-11-24, kind: added, note: First edition.}
"""
SAMPLE = Path(__file__).parent.parent / "tests/sample/content/reference"


def guideline(number: int) -> str:
    """Write a Guideline with ``PER_GUIDELINE`` practices."""
    practices = "".join(
        f"      - id: practice-{n}\n        text: Do thing {n} of {number}.\n"
        f"        question: Have we done thing {n} of {number}?\n        principles: [he-tangata]\n"
        f"        laws: [ipp-1]\n        roles: [frontline]\n        stages: [plan, collect]\n"
        f"        sources: [page]\n"
        for n in range(PER_GUIDELINE)
    )
    return (
        f"---\ntitle: Guideline {number}\nnumber: {number}\nsummary: Guideline {number} in short.\n"
        f"use_when: Always.\ncovers: All.\nprinciples: [he-tangata]\n{HEAD}activities:\n"
        f"  - id: activity\n    title: Activity\n    practices:\n{practices}---\nProse.\n"
    )


def checklist(number: int, guidelines: int) -> str:
    """Write a checklist that selects from one Guideline and asks a question of its own."""
    home = f"guideline-{number % guidelines + 1}"
    return (
        f"---\nkind: checklist\ntitle: Checklist {number}\nsummary: In short, {number}.\n"
        f"guidelines: [{home}]\nroles: [frontline]\nstages: [plan]\nanswers: tick\n"
        f"{HEAD}sections:\n"
        f"  - id: one\n    title: One\n    items:\n      - from: {home}.practice-{number % 9}\n"
        f"      - select: {{guideline: {home}, stage: plan, without: "
        f"[{home}.practice-{number % 9}]}}\n"
        f'      - {{id: own, question: "Have we thought of {number}?", '
        f"supports: [{home}.practice-10]}}\n---\n"
        f"Use it with [the Guideline](../guidelines/{home}.md#practice-1).\n\n- One.\n- Two.\n"
    )


def make(root: Path, resources: int, practices: int) -> None:
    """Write a project of that size."""
    reference = root / "content/reference"
    reference.mkdir(parents=True)
    for name in ("roles", "stages", "laws", "findings", "sources"):
        (reference / f"{name}.yml").write_text((SAMPLE / f"{name}.yml").read_text("utf-8"), "utf-8")
    for folder in ("guidelines", "toolkit", "principles"):
        (root / "content" / folder).mkdir()
    principle = SAMPLE.parent / "principles/he-tangata.md"
    text = principle.read_text("utf-8").replace("[purpose-matters]", "[guideline-1]")
    text = text.partition("\n---\n")[0] + "\n---\nProse.\n"
    (root / "content/principles/he-tangata.md").write_text(text, "utf-8")
    (root / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    guidelines = practices // PER_GUIDELINE
    for number in range(1, guidelines + 1):
        file = root / f"content/guidelines/guideline-{number}.md"
        file.write_text(guideline(number), "utf-8")
    for number in range(resources):
        file = root / f"content/toolkit/checklist-{number}.md"
        file.write_text(checklist(number, guidelines), "utf-8")


def measure(root: Path) -> dict[str, float]:
    """Load, link and check a project; give seconds and the most memory, in megabytes."""
    from dpup import coverage  # noqa: PLC0415 - only in the process that measures
    from dpup.check import check  # noqa: PLC0415
    from dpup.library import load  # noqa: PLC0415

    start = time.perf_counter()
    library = load(root)
    loaded = time.perf_counter()
    coverage.of(library)
    linked = time.perf_counter()
    _, problems = check(root)
    checked = time.perf_counter()
    if problems:
        raise SystemExit("\n".join(map(str, problems[:5])))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = {"load": loaded - start, "link": linked - loaded, "check": checked - linked}
    return {**times, "megabytes": peak}


def main() -> None:
    """Measure each size in turn and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", type=Path, help="measure this project and print it as JSON")
    one = parser.parse_args().one
    if one:
        print(json.dumps(measure(one)))  # noqa: T201
        return
    totals = []
    for resources, practices in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder), resources, practices)
            command = [sys.executable, __file__, "--one", folder]
            done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this file
        found = json.loads(done.stdout)
        totals.append(found["load"] + found["link"] + found["check"])
        shown = ", ".join(f"{name} {value:.1f}" for name, value in found.items())
        print(f"{resources} resources, {practices} practices: {shown}")  # noqa: T201
    grown = SIZES[1][0] / SIZES[0][0]
    print(f"{grown:.0f} times the tree took {totals[1] / totals[0]:.1f} times as long")  # noqa: T201


if __name__ == "__main__":
    main()
