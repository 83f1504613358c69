"""The workflows of the forge, read as data."""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml

from helpers import ROOT

GITHUB = ROOT / ".github"
FILES = sorted((GITHUB / "workflows").iterdir())


def read(file: str) -> Any:
    """Read a file below ``.github``; scalars stay texts, so that ``on`` is no truth value."""
    return yaml.load((GITHUB / file).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes texts only


WORKFLOWS = {file.stem: read(f"workflows/{file.name}") for file in FILES}


class Job(NamedTuple):
    """One job and the workflow that it stands in."""

    workflow: str
    name: str
    facts: Any

    @property
    def steps(self) -> Any:
        return self.facts["steps"]


class Step(NamedTuple):
    """One step and the job that it stands in."""

    job: Job
    name: str
    facts: Any


JOBS = [
    Job(workflow, name, facts)
    for workflow, whole in WORKFLOWS.items()
    for name, facts in whole["jobs"].items()
]
STEPS = [
    Step(job, step.get("name") or step["uses"].partition("@")[0], step)
    for job in JOBS
    for step in job.steps
]
RUNS = [step for step in STEPS if "run" in step.facts]
USES = [step for step in STEPS if "uses" in step.facts]


def named(item: Job | Step) -> str:
    """Name a job or step, for the id of a test."""
    job = item if isinstance(item, Job) else item.job
    place = f"{job.workflow} {job.name}"
    return place if isinstance(item, Job) else f"{place}: {item.name}"


def script(name: str) -> str:
    """Give the shell script of the step of that name."""
    (found,) = [step.facts["run"] for step in RUNS if step.name == name]
    return str(found)
