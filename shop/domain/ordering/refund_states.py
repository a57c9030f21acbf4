"""Where a refund is, for those who want to do something about it."""

from shop.domain.payments.models import Refund

S = Refund.Status
# Nothing of it is out: it waits for a person or a worker, or came back. What is submitted may be with the provider.
STILL_HERE = frozenset({S.REQUESTED, S.APPROVED, S.FAILED, S.RESUBMITTED, S.MANUAL})


class RefundNotOpen(Exception):
    """The refund is not waiting for this act (any more)."""


def is_still_here(*, refund: Refund) -> bool:
    """Whether it can be kept from being sent."""
    return refund.status in STILL_HERE and not refund.is_called_off
