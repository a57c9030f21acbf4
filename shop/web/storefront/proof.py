"""What programs check stars by: a certificate as signed JSON, the keys, and the signed list of those that were stopped.

Computed for each visit, like the check page, and kept by nobody: a star that was taken away is gone at once.
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from shop.common import clock
from shop.domain.certificates.code_reading import read_typed_code
from shop.domain.certificates.proving.keys import publish_keys
from shop.domain.certificates.proving.statements import signed_certificate, signed_stops
from shop.domain.certificates.queries import NoSuchCertificate, find_certificate

from .public_page import fresh_page

NOT_FOUND = 404


@fresh_page
def certificate_json(request: HttpRequest, code: str) -> HttpResponse:
    """One certificate under the shop's signature, as it stands today."""
    meant = read_typed_code(code)
    if meant and meant != code:
        return HttpResponsePermanentRedirect(reverse("certificate_json", kwargs={"code": meant}))
    try:
        certificate = find_certificate(code=code.replace("\x00", ""))
    except NoSuchCertificate:
        return json_for_all({"error": "not_in_the_registry"}, status=NOT_FOUND)
    return json_for_all(signed_certificate(certificate, today=clock.today()), file_name=f"{certificate.code}.json")


@fresh_page
def signing_keys(_request: HttpRequest) -> HttpResponse:
    """Every public key that certificates were signed with."""
    return json_for_all(publish_keys(today=clock.today()))


@fresh_page
def revocations(_request: HttpRequest) -> HttpResponse:
    """The signed list of suspended, revoked and replaced certificates."""
    return json_for_all(signed_stops(today=clock.today()))


def json_for_all(data: dict[str, Any], *, status: int = 200, file_name: str = "") -> HttpResponse:
    """Return JSON that any page of any site may read: there is nothing personal in it."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8", status=status)
    response.headers["Access-Control-Allow-Origin"] = "*"
    if file_name:
        response.headers["Content-Disposition"] = f'inline; filename="{file_name}"'
    return response
