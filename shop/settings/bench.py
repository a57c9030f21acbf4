"""The shop as it is, and a count of statements for who asks (`make bench`)."""

from shop.settings.base import *  # noqa: F403  base with one thing more

MIDDLEWARE = ["shop.operations.bench.counting.StatementCounter", *MIDDLEWARE]
