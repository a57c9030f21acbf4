"""A desk reaches rows of a tenant in one way only."""

import ast
from pathlib import Path

import pytest

DESK = Path(__file__).parents[2] / "shop/web/producer_desk"
FILES = sorted(DESK.rglob("*.py"))
# Who of the house did something: asked for one producer, which the parcel names.
COUNTED_ELSEWHERE = {("parcel_page.py", "Membership")}


def offences(path):
    """Lines that ask a model for everybody's rows."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    scoped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "for_actor"}
    return [
        f"{path.name}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager"}
        and id(node) not in scoped
        and (path.name, getattr(node.value, "id", "")) not in COUNTED_ELSEWHERE
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_desk_asks_no_model_for_everybodys_rows(path):
    assert offences(path) == []


def test_an_unscoped_query_is_noticed(tmp_path):
    careless = tmp_path / "careless.py"
    careless.write_text("rows = Parcel.objects.filter(pk=1)\nmine = Parcel.objects.for_actor(actor)\n")

    assert offences(careless) == ["careless.py:1"]
