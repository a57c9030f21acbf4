"""The ways to pay this shop knows, in the order in which the checkout shows them."""

from .provider import OrderFacts, PaymentProvider, PaymentRefusal
from .providers.cod import CashOnDelivery
from .providers.stripe_card import StripeCard
from .providers.vietqr import BankTransferByVietQR

PROVIDERS: dict[str, PaymentProvider] = {
    provider.method: provider for provider in (BankTransferByVietQR(), CashOnDelivery(), StripeCard())
}


def offered_methods() -> list[str]:
    """Return the ways to pay this shop has configured."""
    nothing = OrderFacts(total_vnd=0)
    return [
        method for method, provider in PROVIDERS.items() if provider.refuse_order(order=nothing) != PaymentRefusal.NOT_CONFIGURED
    ]


def name_of_method(method: str) -> str:
    """What a way to pay calls itself, for pages that have no word of their own for it: its `title`, or its bare name."""
    return str(getattr(PROVIDERS.get(method), "title", method))


def page_origins() -> list[str]:
    """Where the ways to pay have pages of their own (`page_origin`), to which a form of ours may lead on."""
    return [origin for method in offered_methods() if (origin := getattr(PROVIDERS[method], "page_origin", ""))]
