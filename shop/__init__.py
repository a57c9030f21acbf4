"""Chợ OCOP, a marketplace of certified products."""

from shop.celery import app as celery_app

__all__ = ["celery_app"]
