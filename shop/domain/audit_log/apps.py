from django.apps import AppConfig


class AuditLogConfig(AppConfig):
    name = "shop.domain.audit_log"
    label = "audit_log"
