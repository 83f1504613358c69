"""What the browser tests of checklists share: addresses, and what a reader does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editions import ENTRY, HOME, Host

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SAME = f"{HOME}.same"
ALSO = f"{HOME}.also-same"
REWORDED = f"{HOME}.reworded"
SPLIT = f"{HOME}.split"
ASKING = f"{HOME}.asking"
TELLING = f"{HOME}.telling"
ONE = f"{HOME}.one"
OTHER = f"{HOME}.other"
BOTH = f"{HOME}.both"
HOSTILE = f"{HOME}.hostile"
TOLD = f"{ENTRY}.told"


def open_checklist(page: Page, host: Host, edition: str = "first") -> None:
    """Open the checklist of an edition, and wait until its script has started."""
    page.goto(host.page(edition))
    ready(page)


def ready(page: Page) -> None:
    """Wait until all components of a page have started."""
    page.wait_for_selector("html[data-ready]")


def item(page: Page, id_: str) -> Locator:
    """Find an item by its full id."""
    return page.locator(f'[data-item="{id_}"]')


def answer(page: Page, id_: str, label: str = "Yes") -> None:
    """Choose an answer."""
    item(page, id_).get_by_label(label, exact=True).check()


def write(page: Page, id_: str, **fields: str) -> None:
    """Write a note, an owner or a date."""
    found = item(page, id_)
    if not found.locator("textarea").is_visible():
        found.locator(".dpup-item__more summary").click()
    for name, text in fields.items():
        found.locator(f'[data-field="{name}"]').fill(text)


def chosen(page: Page, id_: str) -> str:
    """Give the label of the answer that is chosen; empty for none."""
    found = item(page, id_).locator("[data-answer]:checked")
    return found.evaluate("one => one.parentElement.textContent.trim()") if found.count() else ""


def status(page: Page, name: str) -> str:
    """Read one of the status lines: told, trouble, progress, news or shown."""
    return page.locator(f"[data-{name}]").inner_text()


def press(page: Page, name: str) -> None:
    """Press a button of the bar."""
    page.get_by_role("button", name=name, exact=True).click()
    # Let what follows from it happen; what a button does may be loaded only then.
    page.evaluate(
        """async () => {
          await import('/assets/js/work-deeds.js')
          await new Promise((done) => setTimeout(done))
        }"""
    )


def works(page: Page) -> list[str]:
    """Give the names of the assessments, in their order."""
    return page.locator("[data-works] option").all_inner_texts()


def opened(page: Page) -> str:
    """Give the name of the assessment that is open."""
    return page.locator("[data-works] option:checked").inner_text()


def answer_all(page: Page) -> None:
    """Answer every item of the first edition, and say more about some."""
    for id_ in (SAME, ALSO, REWORDED, SPLIT, ONE, OTHER, TOLD):
        answer(page, id_)
    answer(page, OTHER, "No")
    write(page, SPLIT, note="We ask, mostly.", owner="Moana", due="2026-12-03")
    write(page, ONE, note="It is one page.")
    write(page, OTHER, note="Too many long words.")
    write(page, TOLD, note="Told by letter.")
