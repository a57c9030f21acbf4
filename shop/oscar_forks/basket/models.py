"""Oscar's basket tables as they are."""

from oscar.apps.basket.models import *  # noqa: F403
