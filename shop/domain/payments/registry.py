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
