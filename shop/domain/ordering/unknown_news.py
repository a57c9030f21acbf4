"""News of something the shop does not know."""


class NotKnownYet(Exception):
    """The event may have come before our own row of its object; it is read again later."""
