"""Where a person is logged in, and how to end it elsewhere."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from shop.access.declare import access
from shop.common import clock
from shop.domain.people.devices import devices_of, end_device, forget_devices
from shop.domain.people.models import Device
from shop.domain.people.sessions import end_sessions

from .audience import PEOPLE

# In this order: Edge and Opera also call themselves Chrome, and everybody calls themselves Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@access(roles=PEOPLE)
def devices(request: HttpRequest) -> HttpResponse:
    """List the open sessions, the one used last first."""
    rows = devices_of(user_id=request.user.pk, now=clock.now())
    current = request.session.session_key
    shown = [{"device": row, "name": name_browser(row.browser), "is_current": row.session_key == current} for row in rows]
    return render(request, "account/devices.html", {"devices": shown})


@access(roles=PEOPLE, methods=("POST",), writes=("POST",), owner="device.user")
def end_one(request: HttpRequest, device: int) -> HttpResponse:
    """End one session; ending the present one is logging out."""
    end_device(device=get_object_or_404(Device, pk=device, user=request.user))
    messages.success(request, _("Đã đăng xuất thiết bị đó."))
    return redirect("account_devices")


@access(roles=PEOPLE, methods=("POST",), writes=("POST",))
def end_others(request: HttpRequest) -> HttpResponse:
    """End every session but this one, also those opened before the shop kept a list."""
    end_sessions(user_ids=[request.user.pk])
    forget_devices(user_id=request.user.pk)
    request.user.refresh_from_db()
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Đã đăng xuất mọi thiết bị khác."))
    return redirect("account_devices")


def name_browser(text: str) -> str:
    """Say in a few words what a browser calls itself in many: «Chrome, Android»."""
    words = [next((name for mark, name in known if mark in text), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(word for word in words if word) or _("Trình duyệt lạ")
