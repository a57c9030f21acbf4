"""The account itself: names, addresses, ways in."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from oscar.apps.payment.models import Bankcard

from shop.domain.invoices.keeping import buyers_of
from shop.domain.invoices.models import InvoiceBuyer
from shop.domain.people.erased import erased_email
from shop.domain.people.models import User
from shop.domain.producers.models import ClaimAttempt, ProducerClaim
from shop.oscar_forks.address.models import UserAddress

from ..person import Person
from ..place import Place, Row


def export_account(person: Person) -> list[Row]:
    return [
        {
            "number": user.pk,
            "email": user.email,
            "phone": user.phone,
            "phone_verified": user.phone_verified,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "language": user.language,
            "created_at": user.date_joined,
            "last_login": user.last_login,
            "emails": [{"email": row.email, "verified": row.verified} for row in EmailAddress.objects.filter(user=user)],
            "connected_accounts": [row.provider for row in SocialAccount.objects.filter(user=user)],
            "second_factors": [
                {"type": row.type, "created_at": row.created_at, "last_used_at": row.last_used_at}
                for row in Authenticator.objects.filter(user=user).order_by("pk")
            ],
        }
        for user in User.objects.filter(pk=person.user_id)
    ]


def erase_account(person: Person, now: datetime) -> None:  # noqa: ARG001 -- the registry's shape
    for user in User.objects.filter(pk=person.user_id):
        EmailAddress.objects.filter(user=user).delete()  # with their confirmations
        SocialAccount.objects.filter(user=user).delete()  # with their tokens
        Authenticator.objects.filter(user=user).delete()
        user.set_unusable_password()
        User.objects.filter(pk=user.pk).update(
            email=erased_email(user_id=user.pk),
            phone=None,
            phone_verified=False,
            first_name="",
            last_name="",
            is_active=False,
            # With the password, keys for resetting it and sessions that were opened with it end too.
            password=user.password,
            session_stamp=F("session_stamp") + 1,
        )
        account_type = ContentType.objects.get_for_model(User)
        # Shopping was all this account did: a claim to a producer was refused, or is not answered.
        ProducerClaim.objects.filter(user=user).update(phone="", position="")
        ClaimAttempt.objects.filter(user=user).delete()
        Bankcard.objects.filter(user=user).delete()
        LogEntry.objects.filter(content_type=account_type, object_id=str(user.pk)).update(object_repr="", change_message="")


def export_addresses(person: Person) -> list[Row]:
    book = UserAddress.objects.filter(user=person.user_id).select_related("commune__province").order_by("pk")
    return [
        {
            "name": f"{address.last_name} {address.first_name}".strip(),
            "phone": str(address.phone_number or ""),
            "street": address.line1,
            "commune": str(address.commune or ""),
            "province": address.province.name if address.province else "",
            "note": address.notes,
        }
        for address in book
    ]


def erase_addresses(person: Person, now: datetime) -> None:  # noqa: ARG001 -- the registry's shape
    if person.user_id is not None:
        UserAddress.objects.filter(user=person.user_id).delete()


def export_invoice_buyers(person: Person) -> list[Row]:
    kept = buyers_of(user_id=person.user_id) if person.user_id else []
    return [
        {"company_name": row.company_name, "tax_code": row.tax_code, "address": row.address, "email": row.email} for row in kept
    ]


def erase_invoice_buyers(person: Person, now: datetime) -> None:  # noqa: ARG001 -- the registry's shape
    if person.user_id is not None:
        InvoiceBuyer.objects.filter(user=person.user_id).delete()


PLACES = (
    Place(
        name="account",
        columns={
            "people_user": "email phone first_name last_name password",
            "account_emailaddress": "email",
            "account_emailconfirmation": "key",
            "mfa_authenticator": "data",
            "socialaccount_socialaccount": "uid extra_data",
            "socialaccount_socialtoken": "token token_secret",
            "producers_producerclaim": "phone position",
            "producers_claimattempt": "address",
            "payment_bankcard": "card_type name number partner_reference",
            "django_admin_log": "object_repr change_message",
        },
        export=export_account,
        erase=erase_account,
    ),
    Place(
        name="addresses",
        columns={
            "address_useraddress": "title first_name last_name line1 line2 line3 line4 state postcode search_text"
            " phone_number notes hash"
        },
        export=export_addresses,
        erase=erase_addresses,
    ),
    Place(
        name="invoice_buyers",
        columns={"invoices_invoicebuyer": "company_name tax_code address email"},
        export=export_invoice_buyers,
        erase=erase_invoice_buyers,
    ),
)
