"""Oscar's staff dashboard, only what follows our rules, and Django's admin to look at."""

from django.apps import apps
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from . import views

# Orders, partners, products, shipping, reviews, users and reports go around our rules: no address leads there.
CATEGORY_PAGES = "catalogue-category-"


def _category_urls() -> list[URLPattern]:
    urls = apps.get_app_config("catalogue_dashboard").get_urls()
    return [url for url in urls if (url.name or "").startswith(CATEGORY_PAGES)]


dashboard_urls = (
    [
        path("", views.index, name="index"),
        path("login/", views.go_to_login, name="login"),
        path("logout/", views.go_to_logout, name="logout"),
        path("catalogue/", include(_category_urls())),
    ],
    "dashboard",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("dashboard/", include(dashboard_urls)),
    path("admin/login/", views.go_to_login, name="admin_login"),
    path("accounts/login/", views.go_to_login, name="oscar_login"),
    path("admin/", admin.site.urls),
]
