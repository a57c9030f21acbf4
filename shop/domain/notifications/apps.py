from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "shop.domain.notifications"
    label = "notifications"
