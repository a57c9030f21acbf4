"""Who is acting: what the domain knows of the person behind a call."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Actor:
    """A person (or nobody) with roles from the closed list of the access matrix.

    `producers` maps a producer's id to the roles held there, for example
    `{3: frozenset({"producer_owner"})}`.
    """

    user_id: int | None = None
    roles: frozenset[str] = frozenset({"anonymous"})
    producers: dict[int, frozenset[str]] = field(default_factory=dict)
    label: str = ""

    def producer_ids(self, *roles: str) -> list[int]:
        """Ids of the producers where this person holds one of `roles` (any role when none is named)."""
        return [pk for pk, held in self.producers.items() if not roles or held & set(roles)]


SYSTEM = Actor(roles=frozenset({"system"}), label="system")
NOBODY = Actor()
