"""Oscar finds a visitor's basket by account or signed cookie; ours merges under locks and applies no offers."""

from django.conf import settings
from oscar.apps.basket import middleware

from shop.domain.ordering.merging import merge_baskets


class BasketMiddleware(middleware.BasketMiddleware):
    """`request.basket` is found when it is first asked for; a basket is made only by adding to it."""

    def merge_baskets(self, master, slave):
        merge_baskets(into_id=master.pk, from_id=slave.pk)

    def apply_offers_to_basket(self, request, basket):
        """Do nothing: prices come from `pricing.resolving`, where campaigns will have their say."""

    def process_response(self, request, response):
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.OSCAR_BASKET_COOKIE_OPEN)
        if cookie is not None and cookie.value:
            cookie["samesite"] = "Lax"
        return response
