"""`manage.py demo_sales`: ten days of sales of a demonstration, so that there is money to be paid out, and returns."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shop.common import clock
from shop.demo.payouts import play_payout
from shop.demo.returns import play_returns
from shop.demo.sales import play_sales
from shop.domain.payouts.owing import assess, owed_producers
from shop.operations.auditing import audit_books
from shop.oscar_forks.partner.models import Partner

from .demo_accounts import choose_producers

SAMPLES = 3


class Command(BaseCommand):
    help = "Plays sales past their return window, and a return in each state. For demonstrations only."

    def add_arguments(self, parser):
        parser.add_argument("--samples", type=int, default=SAMPLES, help="how many of the sample producers sell as well")
        parser.add_argument("--pay-out", action="store_true", help="pay what was earned, by two sample officers")

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Sales are played only with DEMO=1: start the shop with `make run`.")
        now = clock.now()
        samples = Partner.objects.filter(profile__is_sample=True, listings__state="live").order_by("pk").distinct()
        orders = play_sales(producers=[*choose_producers(), *samples[: options["samples"]]], now=now)
        producer = next(iter(choose_producers()), None)
        returns = play_returns(producer=producer, now=now) if producer else []
        audit_books(now=now)
        ready = [owed for owed in assess(producer_ids=owed_producers(), now=now) if owed.obstacle is None]
        total = sum(owed.amount_vnd for owed in ready)
        self.stdout.write(f"{len(orders)} orders and {len(returns)} returns played.")
        self.stdout.write(f"{len(ready)} producers can be paid {total:,} đ in the room «Chi trả».")
        if options["pay_out"]:
            batch = play_payout(now=now)
            self.stdout.write(f"{batch.payout_count} producers were paid {batch.total_vnd:,} đ.")
