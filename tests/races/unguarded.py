"""Settings of a server whose guard GUARD_OFF is taken out, for the twin of a race that must then fail."""

from shop.settings.test import *  # noqa: F403  the same server but for one function

INSTALLED_APPS = [*INSTALLED_APPS, "tests.races.guards_off.GuardsOffConfig"]  # noqa: F405
