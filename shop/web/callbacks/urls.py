"""Addresses for machines."""

from django.urls import path

from shop.web.callbacks import bank_reports, health, metrics, stripe_reports

app_name = "callbacks"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("callbacks/bank/", bank_reports.bank_reports, name="bank_reports"),
    path("callbacks/stripe/", stripe_reports.stripe_reports, name="stripe_reports"),
    path("metrics", metrics.metrics, name="metrics"),
]
