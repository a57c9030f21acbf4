from django.apps import AppConfig


class FakeStripeConfig(AppConfig):
    name = "shop.fake_stripe"
    label = "fake_stripe"
