"""The measure of all others: a bare Django page of 20 KB, served as the shop is served."""

import os
import random

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from gunicorn.app.base import BaseApplication

from shop.running.serving import serving_of

PAGE = "".join(random.Random(20).choices("abcdefghijklmnopqrstuvwxyz <>/", k=20_000)).encode()  # noqa: S311  a page, no secret


def page(_request: HttpRequest) -> HttpResponse:
    """The same bytes for everybody."""
    return HttpResponse(PAGE, headers={"Content-Length": str(len(PAGE))})


urlpatterns = [path("", page)]


class ConstantWeb(BaseApplication):
    """As many processes and threads as the shop has, of the same kind."""

    def load_config(self):
        for name, value in serving_of(bind=f"127.0.0.1:{os.environ['PORT']}", workers=int(os.environ["WEB_WORKERS"])).items():
            self.cfg.set(name, value)

    def load(self):
        return get_wsgi_application()


def main() -> None:
    """Serve it on PORT, with no middleware, by as many processes as the shop has."""
    settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="constant", ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[])  # noqa: S106  signs nothing
    ConstantWeb().run()


if __name__ == "__main__":
    main()
