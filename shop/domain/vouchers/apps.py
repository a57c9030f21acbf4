from django.apps import AppConfig


class VouchersConfig(AppConfig):
    name = "shop.domain.vouchers"
    # Oscar's own, which the shop does not use, are called `voucher`.
    label = "vouchers"
