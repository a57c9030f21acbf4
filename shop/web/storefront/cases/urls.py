"""Writing to the office and following what becomes of it; parts of the namespace `storefront`."""

from django.urls import path

from . import following, writing

case_urls = [
    path("bao-sao-gia/", writing.report, name="report"),
    path("lien-he/", writing.contact, name="contact"),
    path("vu-viec/da-nhan/", writing.received, name="case_received"),
    path("vu-viec/<str:number>/<str:token>/", following.case_page, name="case"),
]
