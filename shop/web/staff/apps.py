from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "shop.web.staff"
    label = "staff_pages"
