"""The installed applications: Oscar's list with our forks in it, then ours."""

import oscar

FORKS = {
    "django.contrib.admin": "shop.web.staff.admin_config.ReadOnlyAdminConfig",
    "oscar.apps.catalogue.apps.CatalogueConfig": "catalogue_ext.apps.CatalogueExtConfig",
    "oscar.apps.partner.apps.PartnerConfig": "shop.oscar_forks.partner.apps.PartnerConfig",
    "oscar.apps.address.apps.AddressConfig": "shop.oscar_forks.address.apps.AddressConfig",
    "oscar.apps.order.apps.OrderConfig": "shop.oscar_forks.order.apps.OrderConfig",
    "oscar.apps.basket.apps.BasketConfig": "shop.oscar_forks.basket.apps.BasketConfig",
}

OURS = [
    "shop.common",
    "shop.common.places",
    "shop.access",
    "shop.domain.people",
    "shop.domain.consents",
    "shop.domain.audit_log",
    "shop.domain.notifications",
    "shop.domain.pages",
    "shop.domain.producers",
    "shop.domain.certificates",
    "shop.domain.certificates.proving",
    "shop.domain.stock",
    "shop.domain.listings",
    "shop.domain.cases",
    "shop.domain.pricing",
    "shop.domain.vouchers",
    "shop.domain.wishes",
    "shop.domain.parcels",
    "shop.domain.invoices",
    "shop.domain.ledger",
    "shop.domain.payments",
    "shop.domain.returns",
    "shop.domain.payouts",
    "shop.domain.ordering",
    "shop.domain.personal_data",
    "shop.web.storefront",
    "shop.web.storefront.checkout",
    "shop.web.account",
    "shop.web.producer_desk",
    "shop.web.office_desk",
    "shop.web.staff",
    "shop.web.callbacks",
    "shop.demo",
    "shop.fake_stripe",
    "shop.operations",
    "shop.running",
]

LIBRARIES = [
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "axes",
    "csp",
    "django_htmx",
    # Oscar renders thumbnails with it and does not install it.
    "sorl.thumbnail",
]


def installed_apps() -> list[str]:
    """Ours first, so that our templates and translations win over Oscar's."""
    unknown = FORKS.keys() - set(oscar.INSTALLED_APPS)
    if unknown:
        raise AssertionError(f"Oscar no longer has the apps we fork: {sorted(unknown)}")
    return [*OURS, *(FORKS.get(app, app) for app in oscar.INSTALLED_APPS), *LIBRARIES]
