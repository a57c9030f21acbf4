"""The registry once more, as simple as can be: what stars are true on a day, computed from the changes and nothing else."""

from dataclasses import dataclass, field
from datetime import date, timedelta

FEWEST = 3
ANSWERS = {
    "suspend": {"active": "done", "suspended": "nothing", "revoked": "refused"},
    "lift": {"active": "nothing", "suspended": "done", "revoked": "refused"},
    "revoke": {"active": "done", "suspended": "done", "revoked": "refused"},
}


@dataclass
class PaperCertificate:
    """One certificate on paper; `ends_on` is the last valid day."""

    code: str
    stars: int
    issued_on: date
    valid_until: date
    extended_until: date | None = None
    state: str = "active"
    stopped_on: date | None = None
    superseded_on: date | None = None
    superseded_by: "PaperCertificate | None" = None

    @property
    def ends_on(self) -> date:
        return self.extended_until or self.valid_until

    def is_valid(self, day: date) -> bool:
        """Whether its star may be shown on `day`."""
        is_replaced = self.superseded_on is not None and day >= self.superseded_on
        return self.state == "active" and self.issued_on <= day <= self.ends_on and not is_replaced

    def takes(self, act: str, *, until: date | None = None, stars: int = 0) -> str:
        """Say whether the office may do `act` now: done, nothing or refused."""
        if act in ANSWERS:
            return ANSWERS[act][self.state]
        if self.state == "revoked" or self.superseded_by is not None:
            return "refused"
        if act == "extend":
            if self.extended_until == until:
                return "nothing"
            return "done" if until > self.ends_on else "refused"
        if self.stars == stars:
            return "nothing"
        return "done" if FEWEST <= stars < self.stars else "refused"

    def take(self, act: str, today: date, *, until: date | None = None, stars: int = 0) -> None:
        """Write an act down."""
        if act in {"suspend", "revoke"}:
            self.state, self.stopped_on = {"suspend": "suspended", "revoke": "revoked"}[act], today
        elif act == "lift":
            self.state, self.stopped_on = "active", None
        elif act == "extend":
            self.extended_until = until
        else:
            self.stars = stars


@dataclass
class PaperProduct:
    """A product with its certificates, oldest first, the one its listing claims, and whether that is on the shelf."""

    name: str
    certificates: list[PaperCertificate] = field(default_factory=list)
    claims: PaperCertificate | None = None
    is_live: bool = True

    def star(self, day: date) -> PaperCertificate | None:
        """The certificate whose star is true and shown with the product on `day`."""
        return self.claims if self.is_live and self.claims is not None and self.claims.is_valid(day) else None

    def may_replace(self, older: PaperCertificate, newer: PaperCertificate, day: date) -> bool:
        """Whether the office may let `newer` replace `older`."""
        is_free = older.state != "revoked" and older.superseded_by is None
        return is_free and newer.issued_on > older.issued_on and newer.is_valid(day)

    def replace(self, older: PaperCertificate, newer: PaperCertificate, day: date) -> None:
        """Write the replacement down; the listing follows."""
        older.superseded_by, older.superseded_on = newer, day
        while self.claims is not None and self.claims.superseded_by is not None:
            self.claims = self.claims.superseded_by

    def renew(self, newer: PaperCertificate, day: date) -> None:
        """A list brought a newer certificate: it replaces all that no officer has stopped."""
        for older in self.certificates:
            if older.state == "active" and older.superseded_by is None:
                older.superseded_by, older.superseded_on = newer, day
        self.certificates.append(newer)
        if self.claims is None or self.claims.superseded_by is not None or self.claims.state == "revoked":
            self.claims = newer


def days_after(day: date, days: int) -> date:
    """A day later or earlier."""
    return day + timedelta(days=days)
