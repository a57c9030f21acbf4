"""Each wrong setting is found, for Django and Oscar say nothing about them."""

import pytest
from django.contrib.sites.models import Site

from shop.oscar_forks.address.models import Country
from shop.running.checks import check_rows, check_settings
from shop.running.management.commands.prepare import write_site


def test_settings_of_the_shop_pass():
    assert check_settings(None) == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("SITE_ID", None, "shop.E001"),
        ("DEFAULT_AUTO_FIELD", "django.db.models.AutoField", "shop.E002"),
        ("TIME_ZONE", "UTC", "shop.E003"),
        ("OSCAR_SLUG_MAP", {}, "shop.E005"),
    ],
)
def test_wrong_setting_is_named(settings, name, value, code):
    setattr(settings, name, value)

    assert [error.id for error in check_settings(None)] == [code]


@pytest.mark.django_db
def test_missing_rows_are_named():
    Site.objects.all().delete()
    Country.objects.all().delete()

    assert [warning.id for warning in check_rows(None, databases=["default"])] == ["shop.W007", "shop.W008"]


@pytest.mark.django_db
def test_prepared_rows_pass():
    write_site()

    assert check_rows(None, databases=["default"]) == []
