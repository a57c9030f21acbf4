"""Django's admin app with our site; apart from apps.py, where Django looks for one configuration only."""

from django.contrib.admin.apps import AdminConfig


class ReadOnlyAdminConfig(AdminConfig):
    default_site = "shop.web.staff.admin_site.ReadOnlyAdminSite"
