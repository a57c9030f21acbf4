"""Addresses of the storefront; where Oscar's code reverses a name, the name is Oscar's."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from . import checking, home, lists, machine, pages, producer, product, registry, search
from .checkout.urls import basket_urls, checkout_urls, tracking_urls

catalogue_urls = [
    path("san-pham/", lists.all_products, name="index"),
    re_path(r"^san-pham/(?P<product_slug>[\w-]*)-(?P<pk>\d{1,18})/$", product.product, name="detail"),
    # Oscar writes the whole path of slugs, we the last one; both arrive.
    re_path(r"^danh-muc/(?P<category_slug>[\w/-]+)-(?P<pk>\d{1,18})/$", lists.category, name="category"),
]

search_urls = [path("tim/", search.search, name="search")]

storefront_urls = [
    path("", home.home, name="home"),
    path("tinh/", home.provinces, name="provinces"),
    path("tinh/<slug:slug>/", lists.province, name="province"),
    path("nha-san-xuat/<slug:slug>/", producer.producer, name="producer"),
    path("xac-minh/", checking.verify_entry, name="verify_entry"),
    path("xac-minh/<str:code>/", checking.verify, name="verify"),
    path("xac-minh/<str:code>/nhan/", checking.label, name="label"),
    path("so-dang-ky/", registry.registry, name="registry"),
    path("thong-tin/<slug:slug>/", pages.information, name="information"),
    *tracking_urls,
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((storefront_urls, "storefront"))),
    path("", include((catalogue_urls, "catalogue"))),
    path("", include((search_urls, "search"))),
    path("gio-hang/", include((basket_urls, "basket"))),
    path("thanh-toan/", include((checkout_urls, "checkout"))),
]
# Addresses without a language: robots, sitemap.
machine_urls: list[URLPattern | URLResolver] = [
    path("robots.txt", machine.robots, name="robots"),
    path("sitemap.xml", machine.sitemap, name="sitemap"),
]
