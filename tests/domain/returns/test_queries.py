"""Who may read which return, and what of it."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.producers.staff import actor_of
from shop.domain.returns.history import tell_history
from shop.domain.returns.models import ReturnRequest
from shop.domain.returns.queries import has_open_return, is_late, open_returns, read_photo, returns_in_reach, returns_of
from tests.factories import make_listing, make_officer, make_producer, make_province
from tests.factories.returns import make_delivered, make_disputed, make_received, make_return

pytestmark = pytest.mark.django_db


@pytest.fixture
def parcels():
    return [
        make_delivered((make_listing(f"Chè {name}", producer=make_producer(name), stock=9), 3)) for name in ("HTX A", "HTX B")
    ]


def test_what_is_over_is_open_no_more(parcels):
    over, asked = make_received(parcels[0]), make_return(parcels[1])

    assert list(open_returns()) == [asked]
    assert [has_open_return(parcel_id=parcel.pk) for parcel in parcels] == [False, True]
    again = make_return(parcels[0])
    assert list(returns_of(parcel_id=parcels[0].pk)) == [again, over]


def test_a_picture_is_read_among_the_returns_one_may_see(parcels):
    own, other = make_return(parcels[0]), make_return(parcels[1])
    photo, among = own.photos.get(), ReturnRequest.objects.filter(pk=own.pk)

    assert read_photo(photo_id=photo.pk, among=among)[:2] == b"\xff\xd8"
    assert read_photo(photo_id=other.photos.get().pk, among=among) is None
    photo.file.storage.delete(photo.file.name)
    assert read_photo(photo_id=photo.pk, among=among) is None


def test_a_local_officer_reaches_the_returns_of_the_place(parcels):
    asked = [make_return(parcel) for parcel in parcels]
    far = make_province("68")
    profile = parcels[1].producer.profile
    profile.province, profile.commune = far, None
    profile.save()

    local = actor_of(user=make_officer(scope="province", province=far))
    assert list(returns_in_reach(actor=local)) == [asked[1]]
    assert set(returns_in_reach(actor=actor_of(user=make_officer()))) == set(asked)


def test_the_office_is_late_after_its_last_second(parcels):
    disputed, asked = make_disputed(parcels[0]), make_return(parcels[1])

    assert not is_late(asked=disputed, now=disputed.decide_by)
    assert is_late(asked=disputed, now=disputed.decide_by + timedelta(seconds=1))
    assert not is_late(asked=asked, now=clock.now() + timedelta(days=99))


def test_a_history_is_told_newest_first_and_only_what_goes_on_is_now(parcels):
    disputed, over = tell_history(make_disputed(parcels[0])), tell_history(make_received(parcels[1]))

    assert [moment.state for moment in disputed] == ["now", "done", "done"]
    assert [moment.note for moment in disputed] == ["Rách từ khi nhận", "Gói đã mở", "Gói bị rách"]
    assert [moment.text for moment in disputed] == [
        "Người mua nhờ văn phòng quyết định",
        "Chủ thể từ chối",
        "Người mua yêu cầu trả hàng",
    ]
    assert {moment.state for moment in over} == {"done"}
    assert [moment.at for moment in disputed] == sorted((moment.at for moment in disputed), reverse=True)
