"""What every channel can do, and the two ways it can fail."""

from dataclasses import dataclass
from typing import Protocol


class NotDelivered(Exception):
    """The channel is out of order; another time, every message may go through."""


class RecipientRefused(Exception):
    """The channel works, but not for this recipient; `permanent` when another try would be the same."""

    def __init__(self, reason: str, *, permanent: bool):
        super().__init__(reason)
        self.permanent = permanent


@dataclass(frozen=True)
class Text:
    """A message as the recipient reads it; an SMS has a body and nothing else."""

    subject: str
    body: str
    html: str


@dataclass(frozen=True)
class Outgoing:
    """What a channel carries: whom to, what, and the key by which the other side knows a repeat."""

    key: str
    message_id: str
    recipient: str
    language: str
    text: Text


class Channel(Protocol):
    """One way to reach people. To add one, copy a file beside this one and name it in `channels.registry`."""

    # False when messages are kept for the office to read instead of leaving.
    leaves_the_shop: bool

    def send(self, outgoing: Outgoing) -> None:
        """Hand over one message; raises NotDelivered or RecipientRefused."""
        ...
