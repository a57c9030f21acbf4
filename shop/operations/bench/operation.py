"""What the bench can measure, and what it shall come to."""

from collections.abc import Callable
from dataclasses import dataclass

from .measuring import Maker
from .world import World


@dataclass(frozen=True)
class Goal:
    """A bound for one figure of a row."""

    figure: str
    most: float | None = None
    least: float | None = None

    def is_reached(self, value: float) -> bool:
        """Say whether the figure is within the bound."""
        return (self.most is None or value <= self.most) and (self.least is None or value >= self.least)

    def __str__(self) -> str:
        return f"≤ {self.most:g}" if self.least is None else f"≥ {self.least:g}"


@dataclass(frozen=True)
class Operation:
    """Something visitors do.

    `visits` is given the world and returns what makes one visit after another. `is_kept` marks pages that the page
    cache keeps: they are measured without it, and once more with it. `growth` bounds processor time with ten times as
    many products. `prepare` is a visit made a few times beforehand; `beside` is one made again and again, once a
    second, while the others go on. What `is_mixed` is judged by its requests, not its visits, when many go on at once.
    """

    name: str
    visits: Callable[[World], Maker]
    goals: tuple[Goal, ...] = ()
    is_kept: bool = False
    growth: float | None = None
    prepare: Callable[[World], Maker] | None = None
    beside: Callable[[World], Maker] | None = None
    is_mixed: bool = False


@dataclass(frozen=True)
class Job:
    """A command that works through many rows; `run` is given stage and `is_quick`, and returns its figures.

    What is not `is_of_products` is done once, whatever the numbers of products.
    """

    name: str
    run: Callable[..., dict[str, float]]
    goals: tuple[Goal, ...] = ()
    is_of_products: bool = True
