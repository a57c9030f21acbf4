"""Reading one environment variable, and saying plainly what is wrong with it."""

from __future__ import annotations

import re
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_env = environ.Env()


class WrongEnvironment(ImproperlyConfigured):
    """A variable has a value the shop cannot start with; the message names it and says what is expected."""


def read_text(name: str, default: str = "") -> str:
    """The variable without surrounding blanks; an empty one counts as unset."""
    return _env.str(name, default="").strip() or default


def read_list(name: str) -> list[str]:
    """Values separated by commas."""
    return [value.strip() for value in read_text(name).split(",") if value.strip()]


def read_number(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number between two bounds."""
    value = read_text(name, str(default))
    if not value.isdecimal() or not least <= int(value) <= most:
        raise WrongEnvironment(f"{name}={value!r} is wrong: give a whole number from {least} to {most}.")
    return int(value)


def read_switch(name: str, *, default: bool) -> bool:
    """On or off."""
    value = read_text(name).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise WrongEnvironment(f"{name}={value!r} is wrong: give 1 or 0.")
    return default


def read_url(name: str, *, schemes: tuple[str, ...], example: str, default: str = "") -> str:
    """An address of one of the given schemes, with a host."""
    value = read_text(name, default)
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018  an address with a port that is no number raises here
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in schemes or not (parts.netloc or parts.path.strip("/")):
        raise WrongEnvironment(f"{name} is not an address the shop understands: write it like {example}.")
    return value.rstrip("/") if parts.scheme in {"http", "https"} else value


def describe_database(url: str) -> dict:
    """The parts of DATABASE_URL, as Django wants them."""
    parts = environ.Env.db_url_config(url)
    if not parts.get("NAME"):
        raise WrongEnvironment("DATABASE_URL names no database: write it like postgres://user:password@host:5432/shop.")
    return parts


def read_mail_url(name: str) -> dict:
    """Django's description of a mail server; empty when the variable is unset."""
    value = read_text(name)
    if not value:
        return {}
    try:
        return environ.Env.email_url_config(value)
    except (KeyError, ValueError, ImproperlyConfigured):
        example = "smtp+tls://user:password@mail.example.vn:587"
        raise WrongEnvironment(f"{name} is not a mail server's address: write it like {example}.") from None


def read_stripe_key(name: str) -> str:
    """A secret or restricted key of Stripe; the sentence never repeats a wrong one."""
    value = read_text(name)
    if value and not re.fullmatch(r"(sk|rk)_\S+", value):
        raise WrongEnvironment(f"{name} is no secret key of Stripe: one begins with sk_test_, sk_live_, rk_test_ or rk_live_.")
    return value


def read_digits(name: str, *, length: int) -> str:
    """A code of exactly so many digits; empty when unset."""
    value = read_text(name)
    if value and not (value.isdecimal() and len(value) == length):
        raise WrongEnvironment(f"{name}={value!r} is wrong: give {length} digits.")
    return value


def check_key(name: str, value: str, *, length: int) -> str:
    """A key of so many bytes in hexadecimal; the sentence never repeats a wrong one, which may be a slip of the right one."""
    if not re.fullmatch(rf"[0-9a-f]{{{2 * length}}}", value):
        raise WrongEnvironment(f"{name} is wrong: give {2 * length} digits of 0-9 and a-f, made by `openssl rand -hex {length}`.")
    return value


def read_storage(name: str, default: Path) -> Path:
    """The folder behind a `file:///…` address; other kinds of storage are not built yet and say so."""
    value = read_text(name)
    if not value:
        return default
    parts = urlsplit(value)
    if parts.scheme != "file" or parts.netloc or not parts.path.strip("/"):
        raise WrongEnvironment(f"{name}={value!r} is wrong: give a folder as file:///srv/shop/media.")
    return Path(parts.path)


def read_sentry(name: str) -> str:
    """The address errors are reported to; refused while the client for it is not installed."""
    value = read_url(name, schemes=("http", "https"), example="https://key@errors.example.vn/1")
    if value and find_spec("sentry_sdk") is None:
        raise WrongEnvironment(f"{name} is set but the package sentry-sdk is not installed.")
    return value


def read_moment(name: str) -> str:
    """An ISO time, checked and left as it is; shop.common.clock makes a moment of it."""
    value = read_text(name)
    try:
        datetime.fromisoformat(value or "2026-01-01")
    except ValueError:
        raise WrongEnvironment(f"{name}={value!r} is wrong: give a time like 2026-12-31T09:00.") from None
    return value


def read_folder(name: str, default: Path) -> Path:
    """A folder, made when it is missing."""
    return made(Path(read_text(name, str(default))).expanduser().resolve(), name=name)


def made(folder: Path, *, name: str = "VAR_DIR") -> Path:
    """The folder, which exists now."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongEnvironment(f"{name}: the folder {folder} cannot be made ({error.strerror}).") from None
    return folder
