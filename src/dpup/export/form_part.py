"""What a Word form says of itself to a program: its entry, version, wordings and fingerprints.

A custom XML part: Word and LibreOffice keep it when people save the file.
"""

from __future__ import annotations

import dataclasses
import hashlib
from typing import TYPE_CHECKING, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from dpup.export import sequence
from dpup.export.controls import tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document as WordDocument

    from dpup.export.paper import Paper

SPACE: Final = "urn:dpup:form:1"
_ITEM: Final = "{5F0C1B52-6D0A-4C6E-9E0F-0D6C2B7A4E11}"
_PROPERTIES: Final = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """What a filled file says of the form that it was."""

    entry: str
    version: str
    name: str
    """What its reader calls the answers."""
    ids: dict[str, str]
    """The id behind each tag, in the order of the form."""
    fingerprints: dict[str, str]
    """The fingerprint of each id."""
    wordings: dict[str, str]
    """The words that each id asked."""
    tables: frozenset[str]
    """The ids that are columns of a table, with an answer in each row."""
    own: frozenset[str] = frozenset()
    """A mark of each paragraph that the form itself says; of a form that proposes nothing, none."""
    controls: tuple[sequence.Control, ...] = ()
    """Its controls in their order; of an older form, none."""


def mark(text: str) -> str:
    """Give a short mark of a paragraph, whatever its spaces."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def add(document: WordDocument, paper: Paper, own: Iterable[str] = ()) -> None:
    """Put the part into a form; other documents get none. ``own`` is what the form says itself."""
    if not paper.sections:
        return
    part = _part("/customXml/item1.xml", "application/xml", _form(document, paper, own), document)
    about = _part("/customXml/itemProps1.xml", _PROPERTIES, _properties(), document)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
    part.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


def read(document: WordDocument) -> Form | None:
    """Find the part in a file that somebody saved; None when there is none."""
    for part in document.part.package.iter_parts():
        if part.partname.startswith("/customXml/item") and SPACE.encode() in part.blob:
            found = _parsed(part.blob)
            if found is not None:
                return found
    return None


def tree(blob: bytes) -> etree._Element | None:
    """Parse a part of a file that comes from anyone: no entities, no other files."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(blob, parser)
    except etree.XMLSyntaxError:
        return None


def _parsed(blob: bytes) -> Form | None:
    root = tree(blob)
    if root is None or root.tag != f"{{{SPACE}}}form":
        return None
    items = root.findall(f"{{{SPACE}}}item")
    ids = {item.get("tag", ""): item.get("id", "") for item in items}
    return Form(
        entry=root.get("entry", ""),
        version=root.get("version", ""),
        name=root.get("name", ""),
        ids=ids,
        fingerprints={item.get("id", ""): item.get("fingerprint", "") for item in items},
        wordings={item.get("id", ""): item.text or "" for item in items},
        tables=frozenset(item.get("id", "") for item in items if item.get("table")),
        own=frozenset(root.findtext(f"{{{SPACE}}}own", "").split()),
        controls=tuple(map(_control, root.findall(f"{{{SPACE}}}control"))),
    )


def _control(element: etree._Element) -> sequence.Control:
    said = {name: element.get(name, "") for name in ("tag", "kind", "name", "hint")}
    return sequence.Control(**said, in_rows=bool(element.get("table")))


def _form(document: WordDocument, paper: Paper, own: Iterable[str]) -> bytes:
    sheet = paper.sheet
    version = sheet.version if sheet and sheet.version else paper.version
    root = etree.Element(f"{{{SPACE}}}form", nsmap={"d": SPACE}, entry=paper.id, version=version)
    if sheet and sheet.name:
        root.set("name", sheet.name)
    for id_, (fingerprint, wording) in paper.wordings.items():
        said = {"id": id_, "tag": tag(id_), "fingerprint": fingerprint}
        if id_ in paper.columns:
            said["table"] = "yes"
        item = etree.SubElement(root, f"{{{SPACE}}}item", said)
        item.text = wording
    columns = set(map(tag, paper.columns))
    for each in sequence.of(document.element.body, columns):
        told = {"tag": each.tag, "kind": each.kind, "name": each.name, "hint": each.hint}
        told |= {"table": "yes"} if each.in_rows else {}
        etree.SubElement(root, f"{{{SPACE}}}control", told)
    if marks := sorted(set(map(mark, own))):
        etree.SubElement(root, f"{{{SPACE}}}own").text = " ".join(marks)
    return _xml(root)


def _properties() -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    root = etree.Element(f"{{{space}}}datastoreItem", nsmap={"ds": space})
    root.set(f"{{{space}}}itemID", _ITEM)
    refs = etree.SubElement(root, f"{{{space}}}schemaRefs")
    etree.SubElement(refs, f"{{{space}}}schemaRef").set(f"{{{space}}}uri", SPACE)
    return _xml(root)


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _part(name: str, kind: str, blob: bytes, document: WordDocument) -> Part:
    return Part(PackURI(name), kind, blob, document.part.package)
