"""How domain code is written: told the time and the actor, called by name, loud."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASIDE = {"migrations", "management"}
DOMAIN = sorted(path for path in (ROOT / "shop" / "domain").rglob("*.py") if not ASIDE & set(path.relative_to(ROOT).parts))
CLOCKS = {
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("date", "today"),
    ("clock", "now"),
    ("clock", "today"),
}
# The doors of the domain: what a queue or a keyboard starts looks at the clock once and passes it down.
DOORS = {"tasks.py"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [path for path in DOMAIN if path.name not in DOORS], ids=name)
def test_domain_is_told_the_time(path):
    calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    asked = [
        f"line {call.lineno}: {call.value.id}.{call.attr}()"
        for call in calls
        if isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name) and (call.value.id, call.attr) in CLOCKS
    ]

    assert asked == []


@pytest.mark.parametrize("path", DOMAIN, ids=name)
def test_domain_swallows_no_error(path):
    handlers = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ExceptHandler)]

    assert [f"line {h.lineno}" for h in handlers if h.type is None] == []


def test_no_signals_of_our_own():
    sources = [path for top in ("shop", "catalogue_ext") for path in (ROOT / top).rglob("*.py")]
    connecting = [name(path) for path in sources if "@receiver(" in path.read_text() or "Signal()" in path.read_text()]

    assert connecting == []
