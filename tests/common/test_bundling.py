"""First view of the storefront: at most 100 KB gzipped, of which scripts 18 KB, styles 15 KB, fonts 25 KB."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from shop.common.bundling import BUNDLES, bundle_content, write_bundles

STATIC = settings.BASE_DIR / "static"
HTMX = STATIC / "vendor" / "htmx-2.0.11" / "htmx.min.js"
KILOBYTE = 1024


def zipped(*files: Path) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def fonts() -> int:
    return sum(file.stat().st_size for file in STATIC.glob("fonts/*.woff2"))


def test_write_bundles_makes_each_once(tmp_path):
    (tmp_path / "css" / "components").mkdir(parents=True)
    (tmp_path / "css" / "tokens.css").write_text(":root {\n  --ink: #000; /* text */\n}\n")
    (tmp_path / "css" / "components" / "pill.css").write_text(".pill { color: var(--ink); }\n")
    assert {bundle.name for bundle in write_bundles(tmp_path)} == set(BUNDLES)
    assert (tmp_path / "dist" / "shop.css").read_text() == ":root{--ink:#000}\n.pill{color:var(--ink)}\n"
    assert write_bundles(tmp_path) == []


@pytest.mark.parametrize("name", ["shop.css", "desk.css"])
def test_style_sheets_fit_their_budget(name):
    assert len(gzip.compress(bundle_content(STATIC, BUNDLES[name]).encode(), 9)) <= 15 * KILOBYTE


def test_scripts_fit_their_budget():
    assert zipped(HTMX, STATIC / "dist" / "shop.js") <= 18 * KILOBYTE


def test_fonts_fit_their_budget():
    assert fonts() <= 25 * KILOBYTE


def test_everything_but_the_page_leaves_room_for_it():
    assets = zipped(STATIC / "dist" / "shop.css", STATIC / "dist" / "shop.js", HTMX, STATIC / "img" / "sprite.svg")
    assert assets + fonts() <= 70 * KILOBYTE


@pytest.mark.parametrize("name", ["shop.css", "desk.css"])
def test_style_sheets_ask_only_our_own_files(name):
    addresses = re.findall(r"url\(([^)]+)\)", bundle_content(STATIC, BUNDLES[name]))
    assert [address for address in addresses if not (STATIC / "dist" / address).resolve().is_file()] == []


def test_components_and_style_sheets_share_their_names():
    components = {file.stem for file in settings.BASE_DIR.glob("templates/components/*.html")}
    without_template = {file.stem for file in STATIC.glob("css/components/*.css")} - components
    assert without_template <= {
        "accordion",
        "art",
        "bar",
        "basket_line",
        "button",
        "error_page",
        "panel",
        "stars",
        "wish",
    }
