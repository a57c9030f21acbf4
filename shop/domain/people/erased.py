"""What is left of an account whose person wanted to be forgotten: a number, and an address that reaches nobody."""

from typing import Any

# Shut while an account is erased, passed by everything that writes an order in its name.
PERSON_GATE = "person"
# RFC 2606: a name that never exists, because a person has an e-mail or a phone and each is somebody's own.
ERASED_DOMAIN = "erased.invalid"


def erased_email(*, user_id: int) -> str:
    """Return what stands in place of the e-mail of an erased account."""
    return f"{user_id}@{ERASED_DOMAIN}"


def is_erased(user: Any) -> bool:
    """Say whether the account was erased."""
    return (user.email or "").endswith(f"@{ERASED_DOMAIN}")


def email_of(user: Any) -> str:
    """Return where an account's messages go; nothing for an erased one or one that has only a phone."""
    return "" if is_erased(user) else user.email or ""
