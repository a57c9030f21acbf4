"""What Django's and Oscar's own checks let pass, and what would go wrong only in front of a buyer."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Warning  # noqa: A004  Django's word
from django.db import connection

from shop.celery import app as celery_app

TIME_ZONE = "Asia/Ho_Chi_Minh"


def check_settings(app_configs: object, **options: object) -> list[Error]:  # noqa: ARG001  Django's signature
    """Settings the shop cannot do without."""
    return list(_wrong_settings())


def _wrong_settings() -> Iterator[Error]:
    if getattr(settings, "SITE_ID", None) != 1:
        yield Error("SITE_ID is not 1: orders and mails would not know where the shop is.", id="shop.E001")
    if settings.DEFAULT_AUTO_FIELD != "django.db.models.BigAutoField":
        yield Error("DEFAULT_AUTO_FIELD is not BigAutoField: Oscar's tables would want migrations.", id="shop.E002")
    if settings.TIME_ZONE != TIME_ZONE or celery_app.conf.timezone != TIME_ZONE:
        yield Error(f"TIME_ZONE and Celery's are not both {TIME_ZONE}: days would end at the wrong hour.", id="shop.E003")
    if not apps.is_installed("sorl.thumbnail"):
        yield Error("sorl.thumbnail is not installed: every page with a photo would fail.", id="shop.E004")
    if settings.OSCAR_SLUG_MAP.get("đ") != "d" or settings.OSCAR_SLUG_MAP.get("Đ") != "D":
        yield Error("OSCAR_SLUG_MAP does not map đ to d: addresses would read u0110uong.", id="shop.E005")
    if settings.AUTH_USER_MODEL != "people.User":
        yield Error("AUTH_USER_MODEL is not people.User: people with only a phone could not log in.", id="shop.E006")


def check_rows(app_configs: object, databases: list[str] | None = None, **options: object) -> list[Warning]:  # noqa: ARG001  Django's signature
    """Rows the shop cannot do without; warnings, for `migrate` asks too and is what makes the tables."""
    if not databases or "django_site" not in connection.introspection.table_names():
        return []
    missing = []
    if not apps.get_model("sites", "Site").objects.filter(pk=settings.SITE_ID).exists():
        missing.append(Warning("The site row is missing: run manage.py prepare.", id="shop.W007"))
    if not apps.get_model("address", "Country").objects.filter(pk="VN", is_shipping_country=True).exists():
        missing.append(Warning("The country row VN is missing: run manage.py migrate.", id="shop.W008"))
    return missing
