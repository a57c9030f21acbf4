import inspect

from shop.domain.payments.provider import PaymentProvider
from shop.domain.payments.registry import PROVIDERS


def test_every_provider_answers_to_its_method_and_does_what_is_asked_of_one():
    asked = {name for name, _ in inspect.getmembers(PaymentProvider, inspect.isfunction) if not name.startswith("_")}

    assert all(provider.method == method for method, provider in PROVIDERS.items())
    assert "cod" in PROVIDERS
    assert len(asked) == 5
    assert all(asked <= set(dir(provider)) for provider in PROVIDERS.values())
