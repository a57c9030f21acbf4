"""Is it still the same person at the keyboard? Asked before what cannot be taken back."""

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, get_reauthentication_flows
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

PAGES = {"reauthenticate": "account_reauthenticate", "mfa_reauthenticate": "mfa_reauthenticate"}


def ask_who_it_is(request: HttpRequest, *, page: str) -> HttpResponse | None:
    """Return None for whoever proved it within five minutes, else the way to do so, leading back to `page` (a URL name).

    Somebody who only logs in by a code sent to them has nothing else to prove it with: they log in afresh.
    """
    flows = get_reauthentication_flows(request.user)
    if not flows:
        records = get_authentication_records(request, request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return None
        return render(request, "account/log_in_afresh.html", status=403)
    if did_recently_reauthenticate(request):
        return None
    return redirect(f"{reverse(PAGES[flows[0]['id']])}?{urlencode({'next': reverse(page)})}")
