"""The shop on servers of its own: nothing is made up, a missing value stops it."""

from shop.settings import environment as read
from shop.settings.base import *  # noqa: F403  production is base with the gaps closed

SHORTEST_SECRET = 50

for name in ("SECRET_KEY", "CERTIFICATE_SIGNING_KEY", "DATABASE_URL", "REDIS_URL", "BASE_URL", "ALLOWED_HOSTS"):
    if not read.read_text(name):
        raise read.WrongEnvironment(f"{name} is not set: production makes up nothing by itself.")

if len(SECRET_KEY) < SHORTEST_SECRET:
    raise read.WrongEnvironment(f"SECRET_KEY is too short: give at least {SHORTEST_SECRET} characters made by chance.")
