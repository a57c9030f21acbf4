"""Which of a producer's people may open which room of the desk."""

from shop.access.declare import EVERYBODY

PEOPLE = tuple(role for role in EVERYBODY if role != "anonymous")
ANYBODY = ("producer_owner", "producer_orders", "producer_listings", "producer_money")
PARCELS = ("producer_owner", "producer_orders")
LISTINGS = ("producer_owner", "producer_listings")
CERTIFICATES = ("producer_owner", "producer_listings", "producer_orders")
MONEY = ("producer_owner", "producer_money")
