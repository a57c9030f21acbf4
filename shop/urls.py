"""All addresses of the shop: Vietnamese at /, English at the same paths under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from shop.web.callbacks.urls import urlpatterns as callback_urls
from shop.web.staff.urls import urlpatterns as staff_urls
from shop.web.storefront.urls import machine_urls
from shop.web.storefront.urls import urlpatterns as storefront_urls

urlpatterns = [
    *callback_urls,
    *machine_urls,
    *i18n_patterns(
        *storefront_urls,
        path("ban-hang/", include("shop.web.producer_desk.urls")),
        path("van-phong/", include("shop.web.office_desk.urls")),
        path("tai-khoan/", include("shop.web.account.urls")),
        *staff_urls,
        prefix_default_language=False,
    ),
]

handler400 = "shop.web.storefront.errors.bad_request"
handler403 = "shop.web.storefront.errors.permission_denied"
handler404 = "shop.web.storefront.errors.page_not_found"
handler429 = "shop.web.storefront.errors.too_many_requests"
handler500 = "shop.web.storefront.errors.server_error"
