"""Settings of the tests: the same servers and the same paths, with a hasher that does not slow every log-in."""

from shop.settings.base import *  # noqa: F403  tests run what production runs

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
