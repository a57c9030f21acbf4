"""axe-core in the browser: `assert_accessible(page)` fails with what it finds (WCAG 2.2 AA and best practice)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found => found.violations)"


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[[Page], None]:
    """A function that checks the page as it stands, at the width it has."""

    def check(page: Page) -> None:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = [
            f"{violation['id']} ({violation['impact']}): {node['target'][0]} {node['html'][:160]}"
            for violation in page.evaluate(RUN, RULES)
            for node in violation["nodes"]
        ]
        assert found == [], "\n".join(found)
        assert_no_sideways_scroll(page)

    return check


def assert_no_sideways_scroll(page: Page) -> None:
    """Nothing is wider than the screen."""
    widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths[0] <= widths[1], f"the page is {widths[0]} px wide on a screen of {widths[1]} px"
