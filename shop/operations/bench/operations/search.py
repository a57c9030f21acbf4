"""Search in the spellings people type: with accents, without, two words, a slip of the finger."""

from urllib.parse import quote_plus

from ..operation import Goal, Operation
from .pages import pages

WORDS = (
    "mật ong",
    "mat ong",
    "cà phê đắk lắk",
    "ca phe",
    "nước mắm phú quốc",
    "chè",
    "tinh dau sa",
    "hat dieu",
    "gao nep huu co",
)

OPERATION = Operation(
    "search",
    pages(lambda _world, chance: f"/tim/?q={quote_plus(chance.choice(WORDS))}"),
    goals=(Goal("python_ms", most=10),),
    is_kept=True,
)
