"""Whose pages these are."""

from shop.access.declare import EVERYBODY

PEOPLE = tuple(role for role in EVERYBODY if role != "anonymous")
