"""The layout promises of the README, kept by the build."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = ("shop", "catalogue_ext")
SOURCES = sorted(path for top in CODE for path in (ROOT / top).rglob("*.py") if "migrations" not in path.parts)
TEST_FILES = sorted((ROOT / "tests").rglob("*.py"))
MIRRORED = sorted(path for path in (ROOT / "tests").rglob("test_*.py") if path.relative_to(ROOT / "tests").parts[0] == "domain")
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
STYLES = sorted((ROOT / "static" / "css").rglob("*.css"))
VAGUE = {"utils", "helpers", "services", "managers", "misc", "core", "common_utils"}
# A test file reads like a list; it may be half as long again.
LONGEST_FILE, LONGEST_TEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE, LONGEST_STYLE = 400, 500, 60, 150, 300


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines(path: Path) -> int:
    return path.read_text().count("\n")


def test_a_file_fits_in_the_head():
    too_long = [name(path) for path in SOURCES if lines(path) > LONGEST_FILE]
    too_long += [name(path) for path in TEST_FILES if lines(path) > LONGEST_TEST_FILE]

    assert too_long == []


@pytest.mark.parametrize("path", SOURCES + TEST_FILES, ids=name)
def test_a_function_fits_on_a_screen(path):
    functions = [
        node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    assert [f.name for f in functions if f.end_lineno - f.lineno >= LONGEST_FUNCTION] == []


def test_a_template_fits_in_the_head():
    assert [name(path) for path in TEMPLATES if path.is_file() and lines(path) > LONGEST_TEMPLATE] == []


def test_a_style_sheet_is_about_one_thing():
    assert [name(path) for path in STYLES if lines(path) > LONGEST_STYLE] == []


def test_files_are_named_after_what_happens_in_them():
    assert [name(path) for path in SOURCES if path.stem in VAGUE] == []


def test_a_test_mirrors_the_file_it_tests():
    orphans = []
    for path in MIRRORED:
        relative = path.relative_to(ROOT / "tests")
        source = ROOT / "shop" / relative.with_name(relative.name.removeprefix("test_"))
        if not source.exists() and not source.with_suffix("").is_dir():
            orphans.append(name(path))

    assert orphans == []
