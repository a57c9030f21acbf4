"""Oscar finds a visitor's basket by account or signed cookie; ours merges under locks and applies no offers."""

from django.conf import settings
from django.contrib import messages
from django.utils.translation import ngettext
from oscar.apps.basket import middleware

from shop.domain.ordering.merging import merge_baskets

from .models import Basket


class BasketMiddleware(middleware.BasketMiddleware):
    """`request.basket` is found when it is first asked for; a basket is made only by adding to it."""

    def get_basket(self, request):
        """Return the visitor's basket; what a guest had chosen comes along at log-in, and is said in the shop's words."""
        if request._basket_cache is None:  # noqa: SLF001 -- Oscar's place for it
            request._basket_cache = self._find_basket(request)  # noqa: SLF001
        return request._basket_cache  # noqa: SLF001

    def _find_basket(self, request):
        cookie_key = self.get_cookie_key(request)
        chosen_before = self.get_cookie_basket(cookie_key, request, Basket.open)
        if not request.user.is_authenticated:
            return chosen_before or Basket()
        basket = self._own_basket(request.user)
        if chosen_before:
            count = chosen_before.num_items
            self.merge_baskets(basket, chosen_before)
            request.cookies_to_delete.append(cookie_key)
            if count:
                messages.info(request, _came_along(count))
        return basket

    def _own_basket(self, user):
        first, *others = Basket.open.filter(owner=user).order_by("pk") or [Basket.open.create(owner=user)]
        for other in others:
            self.merge_baskets(first, other)
        # No further query when somebody asks whose it is.
        first.owner = user
        return first

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


def _came_along(count):
    words = ngettext(
        "Giỏ của bạn có thêm %(count)d sản phẩm đã chọn trước khi đăng nhập.",
        "Giỏ của bạn có thêm %(count)d sản phẩm đã chọn trước khi đăng nhập.",
        count,
    )
    return words % {"count": count}
