"""`manage.py fake_stripe`: a stand-in for Stripe, for demonstrations and tests."""

import signal
import threading
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shop.fake_stripe.server import StandIn
from shop.fake_stripe.webhooks import Endpoint


class Command(BaseCommand):
    help = (
        "Stands in for Stripe: point STRIPE_API_BASE at it. Cards are test cards, no money moves. "
        "Without options it serves the shop of this folder the way `make run` wants it."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=settings.STAND_IN_PORT)
        parser.add_argument("--key", default=settings.STRIPE_SECRET_KEY, help="the one secret key it takes (sk_test_…)")
        parser.add_argument("--webhook-url", action="append", help="where events go; may be given several times")
        parser.add_argument("--webhook-secret", help="what they are signed with; comma-separated while rotating")
        parser.add_argument("--memory", default=str(settings.VAR_DIR / "fake-stripe.sqlite3"), help="a file, or - for none")

    def handle(self, **options):
        if "_live_" in options["key"]:
            raise CommandError("This is a stand-in for Stripe: it takes no live keys.")
        secrets = options["webhook_secret"].split(",") if options["webhook_secret"] else settings.STRIPE_WEBHOOK_SECRETS
        urls = options["webhook_url"] or [f"http://127.0.0.1:{settings.PORT}/callbacks/stripe/"]
        try:
            stand_in = StandIn(
                port=options["port"],
                key=options["key"],
                path=None if options["memory"] == "-" else Path(options["memory"]),
                endpoints=[Endpoint(url, tuple(secrets)) for url in urls if secrets],
            )
        except OSError as error:
            raise CommandError(f"Port {options['port']} cannot be used ({error.strerror}).") from None
        self.stdout.write(f"A stand-in for Stripe answers at {stand_in.base_url}")
        self.stdout.flush()
        signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=stand_in.stop).start())
        try:
            stand_in.serve()
        except KeyboardInterrupt:
            stand_in.stop()
