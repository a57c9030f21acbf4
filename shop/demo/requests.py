"""Sample acts that wait for a second officer, so that the demonstration's first officer finds something to sign."""

from datetime import datetime, timedelta

from shop.domain.certificates.act_requests import request_act
from shop.domain.certificates.acts import Ground
from shop.domain.certificates.models import Certificate, CertificateActRequest
from shop.domain.certificates.state import valid_on
from shop.domain.people.models import User
from shop.domain.producers.staff import actor_of

from .accounts import SECOND_OFFICER

MANY = 3


def load_sample_requests(*, now: datetime) -> list[CertificateActRequest]:
    """Let the second officer ask for a revocation and a bulk suspension of samples, once; nothing without that officer."""
    asking = User.objects.filter(email=SECOND_OFFICER, officer__isnull=False).first()
    if asking is None or CertificateActRequest.objects.filter(requested_by=asking).exists():
        return []
    samples = Certificate.objects.filter(decision__is_sample=True).filter(valid_on(day=now.date()))
    ids = list(samples.order_by("code").values_list("pk", flat=True)[: MANY + 1])
    if len(ids) <= MANY:
        return []
    wanted = (
        (timedelta(days=2), "revoke", ids[:1], "MẪU – Hồ sơ đánh giá bị khai man."),
        (timedelta(hours=4), "suspend", ids[1:], "MẪU – Chờ kết quả kiểm nghiệm của cả lô."),
    )
    return [
        request_act(
            act=act,
            certificate_ids=chosen,
            ground=Ground(reason, (now - age).date(), "MẪU-01"),
            actor=actor_of(user=asking),
            now=now - age,
        )
        for age, act, chosen, reason in wanted
    ]
