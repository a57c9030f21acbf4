"""Addresses of the storefront; where Oscar's code reverses a name, the name is Oscar's."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from . import checking, home, icons, lists, machine, open_data, pages, producer, product, proof, registry, search
from .adults.urls import adult_urls
from .cases.urls import case_urls
from .checkout.urls import basket_urls, checkout_urls, tracking_urls
from .own.urls import own_urls

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
    path("thong-tin/<slug:slug>/ban-nhap/", pages.draft_preview, name="information_draft"),
    path("thong-tin/<slug:slug>/phien-ban/", pages.version_list, name="information_versions"),
    path("thong-tin/<slug:slug>/phien-ban/<int:number>/", pages.version, name="information_version"),
    path("du-lieu-mo/", open_data.open_data, name="open_data"),
    *adult_urls,
    *case_urls,
    *tracking_urls,
    *own_urls,
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((storefront_urls, "storefront"))),
    path("", include((catalogue_urls, "catalogue"))),
    path("", include((search_urls, "search"))),
    path("gio-hang/", include((basket_urls, "basket"))),
    path("thanh-toan/", include((checkout_urls, "checkout"))),
]
# Addresses without a language: robots, sitemap, and what programs check stars by.
machine_urls: list[URLPattern | URLResolver] = [
    path("robots.txt", machine.robots, name="robots"),
    path("sitemap.xml", machine.sitemap, name="sitemap"),
    path("favicon.ico", icons.favicon, name="favicon"),
    path("site.webmanifest", icons.manifest, name="manifest"),
    path("xac-minh/khoa.json", proof.signing_keys, name="signing_keys"),
    path("xac-minh/thu-hoi.json", proof.revocations, name="revocations"),
    path("xac-minh/verify_certificate.py", open_data.verifying_script, name="verifying_script"),
    path("xac-minh/<str:code>/chung-nhan.json", proof.certificate_json, name="certificate_json"),
    path("du-lieu-mo/muc-luc.json", open_data.open_data_index, name="open_data_index"),
    path("du-lieu-mo/<slug:name>.schema.json", open_data.open_data_schema, name="open_data_schema"),
    path("du-lieu-mo/<slug:name>.<slug:kind>", open_data.open_data_file, name="open_data_file"),
]
