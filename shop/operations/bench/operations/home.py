"""The front page."""

from ..operation import Operation
from .pages import pages

OPERATION = Operation("home", pages(lambda _world, _chance: "/"), is_kept=True)
