"""The ways to pay this shop knows, in the order in which the checkout shows them."""

from .provider import PaymentProvider
from .providers.cod import CashOnDelivery

PROVIDERS: dict[str, PaymentProvider] = {provider.method: provider for provider in (CashOnDelivery(),)}
