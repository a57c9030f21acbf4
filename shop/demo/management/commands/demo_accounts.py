from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shop.common import clock
from shop.demo.accounts import make_accounts, read_accounts
from shop.demo.office_work import load_office_work
from shop.demo.requests import load_sample_requests
from shop.demo.vouchers import load_sample_vouchers
from shop.domain.producers.models import ProducerProfile
from shop.oscar_forks.partner.models import Partner


class Command(BaseCommand):
    help = "Makes (once) and prints an account of each role and two vouchers to try, and sample work for the office."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Demo accounts are made only with DEMO=1.")
        path = settings.VAR_DIR / "demo-accounts.json"
        pending = load_office_work(now=clock.now())
        accounts = read_accounts(path) or make_accounts(path=path, producers=choose_producers(), pending=pending)
        load_sample_requests(now=clock.now())
        for account in accounts:
            second_factor = f"   TOTP {account.totp_secret}" if account.totp_secret else ""
            employer = f"   ({account.works_for})" if account.works_for else ""
            self.stdout.write(f"{account.role:18} {account.login:24} {account.password}{second_factor}{employer}")
        for voucher in load_sample_vouchers(now=clock.now()):
            giver = voucher.producer.name if voucher.producer else "Chợ OCOP"
            self.stdout.write(f"{'voucher':18} {voucher.code:24} {voucher.name}   ({giver})")


def choose_producers() -> list[Partner]:
    """Return two active producers with the most certified products, so that their desks are not empty."""
    active = Partner.objects.filter(
        profile__status=ProducerProfile.Status.ACTIVE, profile__is_sample=False, listings__state="live"
    )
    return sorted(active.distinct(), key=lambda producer: (-producer.listings.count(), producer.pk))[:2]
