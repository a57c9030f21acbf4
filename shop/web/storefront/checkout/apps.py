from django.apps import AppConfig


class StorefrontCheckoutConfig(AppConfig):
    """An app of its own only for its message file; `checkout` is Oscar's label."""

    name = "shop.web.storefront.checkout"
    label = "storefront_checkout"
