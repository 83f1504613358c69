"""Make an edition of the policy as it stands: a manifest, and a copy of each file."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import TYPE_CHECKING

from dpup import editions, meaning
from dpup.evolve import demands
from dpup.evolve.compare import compare
from dpup.explain import fault
from dpup.places import CONTENT, EDITIONS
from dpup.problems import as_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from dpup.library import Library


class ReleaseError(ValueError):
    """An edition that can't be made; says what to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class Release:
    """What is to be released."""

    library: Library
    version: str
    date: dt.date
    note: str

    def files(self) -> dict[str, bytes]:
        """Give all files of the edition by their paths in the project.

        Raises ``ReleaseError`` where the version is taken or too low for what has changed, and
        where the check would refuse the manifest, which nobody may mend later.
        """
        self._fits()
        root, folder = self.library.root, f"{EDITIONS}/{self.version}"
        paths = sorted({entry.path for entry in self.library.entries})
        kept = {path.removeprefix(f"{CONTENT}/"): (root / path).read_bytes() for path in paths}
        manifest = "\n".join(self._manifest(kept)) + "\n"
        if wrong := fault(manifest, editions.Manifest):
            raise ReleaseError(wrong)
        copies = {f"{folder}/{path}": raw for path, raw in kept.items()}
        return {f"{folder}.yml": manifest.encode(), **copies}

    def _fits(self) -> None:
        known = editions.versions(self.library.root)
        if self.version in known:
            msg = (
                f"Edition {self.version} is there already and stays as it is. Say another version."
            )
            raise ReleaseError(msg)
        if not known:
            return
        newest = known[-1]
        comparison = compare(editions.library(self.library.root, newest), self.library)
        if not comparison.differences:
            msg = f"Nothing has changed since edition {newest}, so there is nothing to release."
            raise ReleaseError(msg)
        if lacks := demands.problems(comparison, f"edition {newest}"):
            msg = f"The histories do not tell all that changed since edition {newest}:\n"
            raise ReleaseError(msg + as_text(lacks))
        wanted, why = demands.edition(comparison, newest)
        if demands.numbers(self.version) < demands.numbers(wanted):
            msg = f"{why} since edition {newest}, so this is edition {wanted} or higher."
            raise ReleaseError(msg)
        self._is_later(newest)

    def _is_later(self, newest: str) -> None:
        last = editions.manifest(self.library.root, newest)
        if last and self.date < last.date:
            msg = (
                f"Edition {newest} is of {last.date}, and {self.date} is before that. "
                "Say the day of this release: --date YYYY-MM-DD."
            )
            raise ReleaseError(msg)

    def _manifest(self, kept: Mapping[str, bytes]) -> Iterator[str]:
        """Yield the lines of the manifest; strings are quoted as JSON, which is YAML too."""
        yield "# Written by dpup release. Nobody edits it: an edition stays as it was released."
        yield f"version: {_quoted(self.version)}"
        yield f"date: {self.date.isoformat()}"
        yield f"note: {_quoted(self.note)}"
        yield "entries:"
        for entry in sorted(self.library.entries, key=lambda entry: (entry.kind.name, entry.id)):
            version = getattr(entry.facts, "version", "")
            said = f"version: {_quoted(version)}, " if version else ""
            print_ = _quoted(meaning.of_entry(entry))
            yield f"  - {{kind: {entry.kind.name}, id: {entry.id}, {said}fingerprint: {print_}}}"
        yield "items:"
        for item in sorted(self.library.addresses, key=lambda item: item.id):
            yield f"  - {{id: {item.id}, fingerprint: {_quoted(meaning.of_item(item))}}}"
        yield "files:"
        for path, raw in kept.items():
            digest = hashlib.sha256(raw).hexdigest()
            yield f"  - {{path: {_quoted(path)}, sha256: {_quoted(digest)}}}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
