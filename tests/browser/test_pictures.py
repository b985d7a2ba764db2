"""The pictures of README and guides: taken here, kept in docs/pictures, compared with what is kept.

``make screenshots`` (PILOTS_SCREENSHOTS names the folder) takes them anew. A kept picture may differ in details,
as figures do from release to release, but must show the same page.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat

from scripts import demo
from store import open_store
from tests.browser.conftest import App, served
from tests.browser.steps import open_page, settle
from tests.serving import ROOT

pytestmark = pytest.mark.browser
KEPT = ROOT / "docs" / "pictures"
TAKEN = os.environ.get("PILOTS_SCREENSHOTS", "")
SIZE = (1200, 780)
SMALL = (40, 26)  # pictures are compared at this size
FAR = 14.0  # mean difference of grey levels (of 255) above which a picture shows something else
LANGUAGES = ("zh", "en")
NUMBER = {"zh": "≥ 49万人", "en": "≥ 490,000"}
VIEWS = {
    "overview": "overview",
    "ranking": "coverage?indicator=membership_rate&view=ranking",
    "map": "membership?view=map",
    "builder": "builder?rows=pilot_type&columns=city&indicators=union_members",
    "quality": "quality",
    "present": "present",
}


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app of ``make demo``."""
    folder = tmp_path_factory.mktemp("demo")
    demo.fill(str(folder / "store"))
    with served(folder, PILOTS_DEMO="1") as one:
        yield one


def keep(name: str, shots: list[bytes]) -> None:
    """Keep pictures (several: an animation) where they are asked for, else compare the first with the kept one."""
    frames = [Image.open(io.BytesIO(shot)).convert("RGB") for shot in shots]
    path = (Path(TAKEN) if TAKEN else KEPT) / f"{name}.webp"
    if TAKEN:
        more: dict[str, Any] = {"save_all": True, "append_images": frames[1:], "duration": 1800, "loop": 0}
        frames[0].save(path, quality=62, method=6, **(more if len(frames) > 1 else {}))
        return
    with Image.open(path) as kept:
        pair = [one.convert("L").resize(SMALL) for one in (kept, frames[0])]
    far = ImageStat.Stat(ImageChops.difference(*pair)).mean[0]
    assert far < FAR, f"{path.name} shows something else ({far:.0f}): run `make screenshots`"


def opened(browser: Any, url: str) -> Any:
    return open_page(browser, url, width=SIZE[0], height=SIZE[1])


def address(path: str, lang: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", VIEWS)
def test_view(browser: Any, app: App, name: str, lang: str) -> None:
    page = opened(browser, f"{app.url}/{address(VIEWS[name], lang)}")
    keep(f"{name}-{lang}", [still(page)])
    page.context.close()


def still(page: Any) -> bytes:
    """The picture of a page in which nothing moves any more."""
    shots = [b"", page.screenshot()]
    while shots[-1] != shots[-2] and len(shots) < 20:
        page.wait_for_timeout(250)
        shots.append(page.screenshot())
    return shots[-1]


def press_number(page: Any, lang: str) -> None:
    page.get_by_role("button", name=NUMBER[lang]).first.click()
    page.get_by_role("dialog").locator(".evidence").first.wait_for()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_drawer(browser: Any, app: App, lang: str) -> None:
    page = opened(browser, f"{app.url}/{address('overview', lang)}")
    press_number(page, lang)
    keep(f"drawer-{lang}", [still(page)])
    page.context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_stage(browser: Any, app: App, lang: str) -> None:
    page = browser.new_context(viewport={"width": SIZE[0], "height": 675}, locale="zh-CN").new_page()
    page.goto(f"{app.url}/{address('present?story=overview&view=show', lang)}")
    page.wait_for_selector(".stage-shown", timeout=60_000)
    for _slide in range(2):
        page.keyboard.press("ArrowRight")
    page.wait_for_selector(".stage-shown .main-svg, .stage-shown .stage-card")
    keep(f"stage-{lang}", [still(page)])
    page.context.close()


def drafts(browser: Any, samples: App, lang: str) -> tuple[Any, dict[str, str]]:
    """The upload page of the person whose drafts wait there, read by now; the drafts' ids by file name."""
    page = opened(browser, f"{samples.url}/{address('upload', lang)}")
    page.locator(".st-key-who_input input").fill(demo.WHO)
    page.locator('[data-testid="stFormSubmitButton"] button').click()
    store = open_store(str(samples.folder / "store"))
    for _second in range(240):
        if all(draft.state.get("stage", "received") != "received" for draft in store.drafts()):
            break
        page.wait_for_timeout(1000)
    settle(page)
    assert {draft.state["stage"] for draft in store.drafts()} == {"read"}
    return page, {draft.file_name: draft.id for draft in store.drafts()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_upload(browser: Any, samples: App, lang: str) -> None:
    page, found = drafts(browser, samples, lang)
    keep(f"upload-{lang}", [still(page)])
    draft = next(id for name, id in found.items() if name.startswith("示例1"))
    for step, down in (("preview", 900), ("problems", 520)):
        page.goto(f"{samples.url}/{address(f'upload?draft={draft}&step={step}', lang)}")
        settle(page)
        page.mouse.move(700, 400)
        page.mouse.wheel(0, down)
        keep(f"{step}-{lang}", [still(page)])
    page.context.close()


Act = Callable[[Any, str], None]


def go(path: str) -> Act:
    """Return a step of the tour that opens another page."""

    def act(page: Any, lang: str) -> None:
        page.goto(f"{page.url.split('/', 3)[0]}//{page.url.split('/')[2]}/{address(path, lang)}")
        settle(page)

    return act


TOUR: tuple[Act, ...] = (
    go(VIEWS["overview"]),
    press_number,
    go(VIEWS["ranking"]),
    go(VIEWS["map"]),
    go(VIEWS["builder"]),
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tour(browser: Any, app: App, lang: str) -> None:
    page = opened(browser, app.url)
    shots = []
    for act in TOUR if TAKEN else TOUR[:1]:  # only the first is compared; the tests above take the other steps
        act(page, lang)
        shots.append(still(page))
    keep(f"tour-{lang}", shots)
    page.context.close()
