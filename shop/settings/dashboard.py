"""The menu of Oscar's staff dashboard: only what has an address left there (shop/web/staff/urls.py)."""

from django.utils.translation import pgettext_lazy

OSCAR_DASHBOARD_NAVIGATION = [
    {"label": pgettext_lazy("categories", "Danh mục"), "icon": "fas fa-sitemap", "url_name": "dashboard:catalogue-category-list"},
]
