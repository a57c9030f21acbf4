"""A wrong variable stops the start with one sentence that names it."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


def start_with(**variables: str) -> subprocess.CompletedProcess:
    """Any command; it ends before it does anything."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "shop.settings.base", **variables}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "version"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://shop@db/shop"),
        ("DATABASE_URL", "postgres://shop@db:nonsense/shop"),
        ("DATABASE_URL", "postgres://shop@db:5432"),
        ("REDIS_URL", "http://valkey:6379"),
        ("BASE_URL", "ocop.example.vn"),
        ("EMAIL_URL", "carrier-pigeon://mail.example.vn"),
        ("SMS_URL", "sms.example.vn"),
        ("CERTIFICATE_SIGNING_KEY", "correct horse battery staple"),
        ("PORT", "eight thousand"),
        ("PORT", "70000"),
        ("WEB_WORKERS", "0"),
        ("HOLD_CARD_MINUTES", "32"),
        ("COD_LIMIT_VND", "-1"),
        ("PAYOUT_EVERY_DAYS", "0"),
        ("PAYOUT_MINIMUM_VND", "0"),
        ("DEMO", "perhaps"),
        ("SHOP_CLOCK", "tomorrow"),
        ("VIETQR_BANK_BIN", "97041"),
        ("PRIVATE_STORAGE_URL", "ftp://files.example.vn/private"),
        ("SENTRY_DSN", "https://key@errors.example.vn/1"),
    ],
)
def test_wrong_value_is_one_sentence_naming_the_variable(name, value):
    result = start_with(**{name: value})

    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert result.stderr.startswith(f"✗ {name}")


@pytest.mark.parametrize("name", ["DEMO", "SHOP_CLOCK"])
def test_demonstration_is_refused_where_the_shop_is_real(name):
    values = {"DEMO": "1", "SHOP_CLOCK": "2026-12-31T09:00"}
    result = start_with(BASE_URL="https://ocop.example.vn", **{name: values[name]})

    assert (result.returncode, result.stderr.split("=")[0].split(" ")[1]) == (1, name)


@pytest.mark.parametrize("name", ["SECRET_KEY", "CERTIFICATE_SIGNING_KEY"])
def test_production_makes_up_no_secret(name):
    given = {"SECRET_KEY": "s" * 50, "CERTIFICATE_SIGNING_KEY": "ab" * 32, name: ""}
    result = start_with(DJANGO_SETTINGS_MODULE="shop.settings.production", **given)

    assert (result.returncode, result.stderr) == (1, f"✗ {name} is not set: production makes up nothing by itself.\n")


def test_a_wrong_key_is_not_repeated():
    result = start_with(CERTIFICATE_SIGNING_KEY="ab" * 31)

    assert (result.returncode, "abab" in result.stderr) == (1, False)


def test_example_file_lists_every_variable_that_is_read():
    base = (settings.BASE_DIR / "shop" / "settings" / "base.py").read_text()
    read = {line.split('"')[1] for line in base.replace("(\n    ", "(").splitlines() if "read.read_" in line}
    example = (settings.BASE_DIR / ".env.example").read_text().splitlines()
    listed = {line.lstrip("#").split("=")[0] for line in example if "=" in line}

    assert read - listed == set()
