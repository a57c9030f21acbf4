"""The request a kept page is made for: nobody's."""

import sys
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest

from .addresses import Address


class NobodysRequest(WSGIRequest):
    """An address and nothing else: no cookie, no header, no host of whoever happened to ask first.

    What is not in the request cannot get into the page, so the page is right for the next visitor, whoever that is.
    """

    def __init__(self, address: Address) -> None:
        own = urlsplit(settings.BASE_URL)
        super().__init__(
            {
                "REQUEST_METHOD": "GET",
                "SCRIPT_NAME": "",
                "PATH_INFO": address.path.encode().decode("iso-8859-1"),
                "QUERY_STRING": address.query,
                "SERVER_NAME": own.hostname,
                "SERVER_PORT": str(own.port or (443 if own.scheme == "https" else 80)),
                "SERVER_PROTOCOL": "HTTP/1.1",
                "REMOTE_ADDR": "",
                "HTTP_HOST": own.netloc,
                "HTTP_X_FORWARDED_PROTO": own.scheme,
                "wsgi.url_scheme": own.scheme,
                "wsgi.input": BytesIO(),
                "wsgi.errors": sys.stderr,
            }
        )

    def get_host(self) -> str:
        """Return what the shop calls itself, also where a proxy calls it otherwise."""
        return urlsplit(settings.BASE_URL).netloc
