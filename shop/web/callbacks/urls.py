"""Addresses for machines."""

from django.urls import path

from shop.web.callbacks import health, metrics

app_name = "callbacks"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
]
