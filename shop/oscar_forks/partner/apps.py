from oscar.apps.partner import apps


class PartnerConfig(apps.PartnerConfig):
    name = "shop.oscar_forks.partner"
