"""Addresses of what only adults are shown."""

from django.urls import path, re_path

from . import pages

adult_urls = [
    path("tu-18-tuoi/", pages.shelf, name="adults"),
    path("tu-18-tuoi/khai-tuoi/", pages.declare, name="declare_adult"),
    re_path(r"^tu-18-tuoi/(?P<product_slug>[\w-]*)-(?P<pk>\d{1,18})/$", pages.product, name="adult_product"),
]
