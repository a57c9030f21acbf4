"""The shop's mark for browsers and home screens, at the addresses where they look for it."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from shop.common.assets import asset_url

from .public_page import public_page

A_DAY = "public, max-age=86400"
INK, PAPER = "#2a2019", "#fbf6ec"


@public_page
def favicon(_request: HttpRequest) -> HttpResponse:
    """For programs that ask /favicon.ico without reading a page first."""
    icon = Path(finders.find("img/favicon.ico")).read_bytes()
    return HttpResponse(icon, content_type="image/x-icon", headers={"Cache-Control": A_DAY})


@public_page
def manifest(_request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the shop on its home screen."""
    described = {
        "name": "Chợ OCOP",
        "short_name": "Chợ OCOP",
        "lang": "vi",
        "start_url": reverse("storefront:home"),
        "scope": "/",
        # With the browser's own way back: the shop draws none.
        "display": "minimal-ui",
        "theme_color": INK,
        "background_color": PAPER,
        "icons": [
            {"src": asset_url("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": asset_url("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {"src": asset_url("img/icon-maskable-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
    }
    return JsonResponse(
        described,
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
        headers={"Cache-Control": A_DAY},
    )
