import uuid
from base64 import b64decode
from hashlib import sha256
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile

from shop.common import clock
from shop.domain.ordering.fulfilling import confirm_parcel, deliver_parcel, ship_parcel
from shop.domain.ordering.refund_accounts import Whereto, declare_refund_account
from shop.domain.ordering.returning import Wanted, ask_return, dispute_return, refuse_return
from shop.domain.people.actor import SYSTEM
from shop.domain.personal_data.places.orders import erase_orders, export_orders
from shop.domain.returns.models import RefundAccount, ReturnPhoto
from tests.factories import make_listing, make_order

pytestmark = pytest.mark.django_db


def test_words_and_photos_of_a_return_are_exported_and_erased_and_its_sums_stay(settings, tmp_path):
    act = {"actor": SYSTEM, "now": clock.now()}
    parcel = make_order((make_listing(stock=10), 2)).parcels.get()
    confirm_parcel(parcel_id=parcel.pk, **act)
    ship_parcel(parcel_id=parcel.pk, carrier="GHN", tracking_number="LK1", **act)
    deliver_parcel(parcel_id=parcel.pk, **act)
    wanted = Wanted({parcel.lines.get().pk: 1}, "damaged", "Yến thấy vỡ", [ContentFile(b"anh", name="anh.jpg")])
    asked = ask_return(parcel_id=parcel.pk, form_key=uuid.uuid4(), wanted=wanted, **act)
    refuse_return(return_id=asked.pk, refusal="Chị Yến đã mở", **act)
    dispute_return(return_id=asked.pk, dispute="Yến chưa mở", **act)
    photo = ReturnPhoto.objects.get().file
    whereto = Whereto("970436", "007100091234", "Nguyễn Thị Yến")
    declare_refund_account(order_id=parcel.order_id, whereto=whereto, **act)
    person = SimpleNamespace(order_ids=[parcel.order_id])
    row = export_orders(person)[0]
    told = row["parcels"][0]["returns"][0]
    # No more than what was sent in, and that whole.
    (picture,) = told["photos"]
    assert (picture["bytes"], b64decode(picture["jpeg_base64"])) == (3, b"anh")
    assert picture["sha256"] == sha256(b"anh").hexdigest()
    assert row["refund_account"] == {"bank": "970436", "number": "007100091234", "holder": "NGUYEN THI YEN"}

    erase_orders(person, clock.now())

    asked.refresh_from_db()
    assert [step["words"] for step in told["steps"]] == ["Yến thấy vỡ", "Chị Yến đã mở", "Yến chưa mở"]
    assert set(asked.steps.values_list("words", flat=True)) == {""}
    assert not RefundAccount.objects.exists()
    assert (asked.words, asked.dispute, asked.refusal, asked.state) == ("", "", "–", "disputed")
    assert asked.goods_vnd > 0
    assert not photo.storage.exists(photo.name)
    assert not ReturnPhoto.objects.exists()
