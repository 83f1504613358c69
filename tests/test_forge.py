"""What runs on the forge may do little, trusts nothing from outside, and is what we say it is."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from dpup import owners
from dpup.cli import main
from dpup.kinds import RESOURCES
from dpup.library import load
from helpers import ROOT, program, write
from workflows import (
    FILES,
    GITHUB,
    JOBS,
    RUNS,
    STEPS,
    USES,
    WORKFLOWS,
    Job,
    Step,
    named,
    read,
    script,
)

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    import click

MAY = {
    ("pages", "build"): {"contents": "read", "pages": "read"},
    ("pages", "deploy"): {"pages": "write", "id-token": "write"},
    ("stale", "issue"): {"issues": "write"},
}
"""What jobs may do; all others may read the files."""
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml"))
BAD = """\
on: pull_request_target
jobs:
  one:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: {ref: "${{ github.head_ref }}"}
      - run: echo "${{ github.event.pull_request.title }}"
"""


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Ask zizmor, at its strictest, without a network."""
    words = ("--offline", "--no-ignores", "--persona=pedantic", "--no-progress")
    return program("zizmor", *words, folder)


def test_the_linter_of_workflows_finds_nothing() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings to report" in done.stdout
    for file in FILES:
        assert file.name in done.stderr, "looked at"


def test_the_linter_would_find_something(tmp_path: Path) -> None:
    write(tmp_path / ".github/workflows/bad.yml", BAD)
    done = lint(tmp_path)
    assert done.returncode != 0
    for fault in ("dangerous-triggers", "template-injection", "unpinned-uses"):
        assert f"[{fault}]" in done.stdout


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        *(("vendor.github-workflows", file) for file in FILES),
        *(("custom.github-workflows-require-timeout", file) for file in FILES),
        ("vendor.dependabot", GITHUB / "dependabot.yml"),
        *(("vendor.github-issue-forms", file) for file in FORMS if file.stem != "config"),
        ("vendor.github-issue-config", GITHUB / "ISSUE_TEMPLATE/config.yml"),
    ],
    ids=lambda it: it.name if isinstance(it, Path) else it,
)
def test_a_file_fits_the_schema_of_the_forge(schema: str, file: Path) -> None:
    done = program("check-jsonschema", "--builtin-schema", schema, file)
    assert done.returncode == 0, done.stdout


def actionlint(file: Path) -> subprocess.CompletedProcess[str]:
    """Ask actionlint, and ShellCheck for steps. The package is a fork; it brings its program."""
    shellcheck = Path(sys.executable).parent / "shellcheck"
    return program("actionlint", "-no-color", "-verbose", "-shellcheck", shellcheck, file)


@pytest.mark.parametrize("file", FILES, ids=lambda it: it.name)
def test_actionlint_finds_nothing(file: Path) -> None:
    done = actionlint(file)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Found total 0 errors in" in done.stderr, "looked at"


def test_actionlint_would_find_something(tmp_path: Path) -> None:
    write(tmp_path / ".github/workflows/bad.yml", BAD + "      - run: echo $HOME\n")
    done = actionlint(tmp_path / ".github/workflows/bad.yml")
    assert done.returncode == 1
    for fault in ("is potentially untrusted", "SC2086", "[action]"):
        assert fault in done.stdout


@pytest.mark.parametrize("step", RUNS, ids=named)
def test_the_linter_of_shell_scripts_finds_nothing_in_a_step(step: Step) -> None:
    done = program("shellcheck", "--shell=bash", "-", input=step.facts["run"])
    assert done.stdout == ""


def test_the_linter_of_shell_scripts_finds_nothing_in_what_every_forge_runs() -> None:
    assert program("shellcheck", ROOT / ".ci/run").stdout == ""
    assert program("shellcheck", "--shell=bash", "-", input="echo $x").stdout != ""


def test_there_are_three_workflows_and_each_starts_when_it_should() -> None:
    assert {name: sorted(triggers(name)) for name in WORKFLOWS} == {
        "check": ["pull_request"],
        "pages": ["push", "workflow_dispatch"],
        "stale": ["schedule", "workflow_dispatch"],
    }
    assert WORKFLOWS["pages"]["on"]["push"] == {"branches": ["main"]}


def triggers(name: str) -> list[str]:
    return list(WORKFLOWS[name]["on"])


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_a_workflow_may_read_and_nothing_else(workflow: str) -> None:
    assert WORKFLOWS[workflow]["permissions"] == {"contents": "read"}
    assert WORKFLOWS[workflow]["concurrency"]["group"]


@pytest.mark.parametrize("job", JOBS, ids=named)
def test_a_job_may_do_what_it_needs_and_no_more(job: Job) -> None:
    assert job.facts.get("permissions") == MAY.get((job.workflow, job.name))


@pytest.mark.parametrize("job", JOBS, ids=named)
def test_a_job_that_may_write_runs_nothing_of_ours(job: Job) -> None:
    if "write" not in (job.facts.get("permissions") or {}).values():
        return
    for step in job.steps:
        assert not step.get("uses", "").startswith("actions/checkout@")
        assert not re.search(r"\b(make|dpup|python|pip|bash)\b", step.get("run", ""))


def test_no_secret_is_named_and_pull_requests_get_no_token() -> None:
    for file in FILES:
        assert "secrets" not in file.read_text(encoding="utf-8")
    for step in STEPS:
        has_token = "github.token" in str(step.facts)
        assert has_token is (step.name == "Open, change or close the issue")


@pytest.mark.parametrize("step", RUNS, ids=named)
def test_no_expression_stands_in_a_shell_script(step: Step) -> None:
    assert "${{" not in step.facts["run"]
    assert "shell" not in step.facts, "the shell of the forge, which stops at the first fault"


@pytest.mark.parametrize("step", USES, ids=named)
def test_an_action_is_named_by_its_commit_with_its_version_beside(step: Step) -> None:
    use = step.facts["uses"]
    assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", use)
    text = (GITHUB / f"workflows/{step.job.workflow}.yml").read_text(encoding="utf-8")
    assert re.search(rf"uses: {use} # v\d+\.\d+\.\d+\n", text)


def test_an_action_has_one_commit_and_one_version_everywhere() -> None:
    texts = "".join(file.read_text(encoding="utf-8") for file in FILES)
    found = set(re.findall(r"uses: (\S+)@(\S+) # (\S+)", texts))
    assert len({name for name, _, _ in found}) == len(found)


def test_a_checkout_leaves_no_credentials_behind() -> None:
    checkouts = [step for step in USES if step.name == "actions/checkout"]
    assert len(checkouts) == 4
    for step in checkouts:
        assert step.facts["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("job", JOBS, ids=named)
def test_a_job_names_its_system_and_ends_in_time(job: Job) -> None:
    assert job.facts["runs-on"] == "ubuntu-24.04"
    assert 0 < int(job.facts["timeout-minutes"]) <= 90


def test_the_forge_has_the_oldest_python_that_we_promise() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = {s.facts["with"]["python-version"] for s in USES if s.name == "actions/setup-python"}
    assert {f">={version}" for version in versions} == {project["requires-python"]}


def commands(group: click.Group, start: str) -> dict[str, set[str]]:
    """Give each command with its options."""
    found: dict[str, set[str]] = {}
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        found[f"{start} {name}"] = {option for param in command.params for option in param.opts}
    return found


@pytest.mark.parametrize("step", RUNS, ids=named)
def test_a_step_calls_what_there_is(step: Step) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    called = set(re.findall(r"\bmake (\S+)", step.facts["run"]))
    assert called <= targets | {".venv/.site"}
    known = commands(main, "dpup")
    for line in re.findall(r"\.venv/bin/(dpup [^>|\n]+)", step.facts["run"]):
        name = " ".join(line.split()[:2])
        assert name in known
        assert set(re.findall(r"--[a-z-]+", line)) <= known[name]


def test_a_pull_request_is_held_against_its_base() -> None:
    (job,) = [job for job in JOBS if (job.workflow, job.name) == ("check", "check")]
    assert job.facts["env"] == {"BASE": "${{ github.event.pull_request.base.sha }}"}
    assert job.steps[0]["with"]["fetch-depth"] == "0"
    assert script("Mark the lines that need mending").endswith('--format github --against "$BASE"')


def test_the_digests_of_a_site_can_be_checked(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    write(tmp_path / "site/index.html", "home")
    write(tmp_path / "site/a folder/ā.txt", "text")
    write(tmp_path / "site/.hidden", "not served")
    for _ in range(2):  # the list of the first run is no file of the second
        assert program("make", "digests", cwd=tmp_path).returncode == 0
    lines = (tmp_path / "site/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert [line.partition("  ")[2] for line in lines] == ["./a folder/ā.txt", "./index.html"]
    assert program("sha256sum", "--check", "SHA256SUMS", cwd=tmp_path / "site").returncode == 0
    write(tmp_path / "site/index.html", "changed")
    assert program("sha256sum", "--check", "SHA256SUMS", cwd=tmp_path / "site").returncode == 1


GH = """\
#!/bin/sh
echo "$@" >> calls
case "$1 $2" in "issue list") cat open ;; esac
"""


@pytest.mark.parametrize(
    ("due", "number", "calls"),
    [
        ("0", "", []),
        ("0", "7", ["issue close 7 --comment Nothing is due for review any more."]),
        ("3", "7", ["issue edit 7 --body-file due.md"]),
        (
            "3",
            "",
            [
                (
                    "label create due-for-review --force "
                    "--description What has to be checked again --color 5319e7"
                ),
                "issue create --title Due for review --label due-for-review --body-file due.md",
            ],
        ),
    ],
)
def test_there_is_one_issue_of_what_is_due_or_none(
    due: str, number: str, calls: list[str], tmp_path: Path
) -> None:
    write(tmp_path / "gh", GH)
    (tmp_path / "gh").chmod(0o755)
    write(tmp_path / "open", f"{number}\n" if number else "")
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "DUE": due}
    text = script("Open, change or close the issue")
    done = program("bash", "-e", "-c", text, cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stderr
    asked, *did = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
    assert asked.startswith("issue list --state open --label due-for-review --limit 1 ")
    assert did == calls


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_a_form_asks_each_thing_once_and_for_the_licence(file: Path) -> None:
    if file.stem == "config":
        return
    body = read(f"ISSUE_TEMPLATE/{file.name}")["body"]
    ids = [part["id"] for part in body if "id" in part]
    assert len(ids) == len(set(ids)) >= 3
    assert all(len(part["attributes"]["label"]) < 80 for part in body if "id" in part)
    assert ("agreed" in ids) is (file.stem != "report-a-mistake")


def test_the_id_of_a_practice_can_be_filled_in_by_a_link() -> None:
    parts = {part.get("id"): part for part in read("ISSUE_TEMPLATE/suggest-a-change.yml")["body"]}
    assert parts["practice"]["type"] == "input"


def test_every_kind_of_resource_can_be_proposed() -> None:
    parts = {part.get("id"): part for part in read("ISSUE_TEMPLATE/propose-a-resource.yml")["body"]}
    options = parts["kind"]["attributes"]["options"]
    assert set(options) == {kind.label for kind in RESOURCES} | {"Something else"}


def test_every_file_has_an_owner_and_nobody_is_invented() -> None:
    found = owners.of(ROOT)
    assert found.problems == ()
    paths = [entry.path for entry in load(ROOT).entries] + ["src/dpup/cli.py", "README.md"]
    assert all(found.of(path) for path in paths)
    names = {name for path in paths for name in found.of(path)}
    assert names == {f"@OWNER/{team}" for team in ("stewards", "te-reo", "legal", "maintainers")}
    assert "@OWNER/legal" in found.of("content/reference/laws.yml")
    assert "@OWNER/te-reo" in found.of("content/principles/he-tangata.md")


def test_every_rule_of_owners_fits_something() -> None:
    text = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8")
    for line in text.splitlines():
        pattern = line.partition(" ")[0].strip("/")
        if pattern and not line.startswith("#"):
            assert list(ROOT.glob(pattern)), pattern


def test_packages_and_actions_are_kept_new() -> None:
    updates = read("dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"pip", "github-actions"}
    assert all(update["schedule"]["interval"] == "weekly" for update in updates)


def test_the_hooks_are_sound_and_other_repositories_can_use_one() -> None:
    for command, file in (
        ("validate-config", ".pre-commit-config.yaml"),
        ("validate-manifest", ".pre-commit-hooks.yaml"),
    ):
        done = program("pre-commit", command, ROOT / file)
        assert done.returncode == 0, done.stdout
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"].split()[1] in main.list_commands(None)
    assert re.match(hook["files"], "content/toolkit/x.md")


ALONE = """
import sys
for name in ("mkdocs", "material", "mkdocs_macros", "pagefind", "brotli", "rcssmin", "rjsmin"):
    sys.modules[name] = None
from dpup.cli import main
main()
"""


def test_the_hook_and_the_weekly_report_need_no_package_of_the_site(
    project: Callable[..., Path],
) -> None:
    root = project()
    for words in (["check"], ["report", "--stale"]):
        done = program("python", "-c", ALONE, *words, "--root", root)
        assert done.returncode == 0, done.stderr
