"""axe-core finds nothing serious or critical on any page, light and dark."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import App
from tests.browser.steps import PAGES, open_page

pytestmark = pytest.mark.browser
# The framework's own page list puts section heads into <ul>, which no setting of ours can mend.
CONTEXT = {"exclude": [['[data-testid="stSidebarNav"]']]}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_serious_finding(browser: Any, app: App, name: str, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(browser, f"{app.url}/{name}", dark=dark)
    found = Axe().run(page, context=CONTEXT, options=RULES).response["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    assert not grave, [(one["id"], [node["html"][:160] for node in one["nodes"]][:4]) for one in grave]
    page.context.close()
