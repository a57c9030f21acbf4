"""The channel of a shop that has no server or gateway: messages stay here, the office reads them."""

from .base import Outgoing


class KeptChannel:
    leaves_the_shop = False

    def send(self, outgoing: Outgoing) -> None:
        """Nothing to do: what was sent is stored with every message."""
