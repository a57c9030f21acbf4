"""What the component gallery shows: every state once, with names and dates that stretch the layout."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator

from catalogue_ext.models import Product
from catalogue_ext.placeholder_art import LAST_SET_OF_GROUP, MOTIFS, group_of
from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.certificates.state import CertificateView, LiveState

FISH_SAUCE = CertificateView(
    code="AG-2025-01834",
    stars=5,
    year=2025,
    state=LiveState.VALID,
    issued_on=date(2025, 8, 14),
    valid_until=date(2028, 8, 14),
    extended_until=None,
    extension_reason="",
    stopped_on=None,
    decision_number="1834/QĐ-BNNMT",
    decision_signed_on=date(2025, 8, 14),
    authority="Bộ Nông nghiệp và Môi trường",
    is_sample=False,
    product_name="Nước mắm cốt Phú Quốc 43°N",
    producer_name="HTX Nhà thùng Dương Đông",
    place="Đặc khu Phú Quốc, An Giang",
    days_left=630,
    used_share=43,
)
HONEY = replace(
    FISH_SAUCE,
    code="TQ-2024-00027",
    stars=4,
    year=2024,
    state=LiveState.EXPIRING,
    valid_until=date(2027, 1, 8),
    days_left=46,
    used_share=96,
    product_name="Mật ong bạc hà Mèo Vạc",
)
CERTIFICATES = (
    FISH_SAUCE,
    HONEY,
    replace(
        HONEY,
        stars=3,
        state=LiveState.EXTENDED,
        valid_until=date(2026, 10, 20),
        extended_until=date(2027, 4, 18),
        extension_reason="Hồ sơ đánh giá lại đang được Hội đồng tỉnh xét (Điều 7 Quyết định 26/2026/QĐ-TTg)",
        days_left=146,
        used_share=87,
    ),
    replace(HONEY, year=2023, state=LiveState.EXPIRED, valid_until=date(2026, 10, 19), days_left=0, used_share=100),
    replace(HONEY, state=LiveState.SUSPENDED, stopped_on=date(2026, 11, 2), product_name="Miến dong Bình Liêu"),
    replace(FISH_SAUCE, stars=3, year=2024, state=LiveState.REVOKED, stopped_on=date(2026, 6, 12)),
    replace(FISH_SAUCE, is_sample=True, authority="MẪU – dữ liệu trình diễn", decision_number="01/MẪU"),
    replace(HONEY, is_sample=True, state=LiveState.EXPIRED, valid_until=date(2026, 10, 19), days_left=0),
)


@dataclass(frozen=True)
class ShelfCard:
    """The inputs of components/product_card.html."""

    product: Product
    certificate: CertificateView | None
    price_vnd: int
    stock: int | None
    place: str = "Phú Quốc, An Giang"
    url: str = "#"
    photo: str = ""

    @property
    def key(self) -> tuple[str, str, int | None]:
        return (self.product.title, self.place, self.stock)


class DeliveryForm(forms.Form):
    """One field of each kind, one of them wrong."""

    name = forms.CharField(label="Họ và tên", initial="Lê Minh Châu")
    phone = forms.CharField(label="Số điện thoại", help_text="Để người giao gọi khi đến nơi")
    email = forms.EmailField(label="Thư điện tử", required=False)
    province = forms.ChoiceField(label="Tỉnh, thành phố", choices=[("an-giang", "An Giang"), ("bac-ninh", "Bắc Ninh")])
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    speed = forms.ChoiceField(label="Cách giao", choices=[("normal", "Tiêu chuẩn"), ("fast", "Nhanh")], widget=forms.RadioSelect)
    invoice = forms.BooleanField(label="Xuất hóa đơn VAT cho công ty", required=False)

    def clean_phone(self) -> str:
        """The error every state needs."""
        raise forms.ValidationError("Số điện thoại cần đủ 10 chữ số, ví dụ 0912 345 678")


def gallery_context() -> dict[str, object]:
    """Everything components/gallery.html asks for."""
    form = DeliveryForm({"name": "Lê Minh Châu", "phone": "0912 34", "province": "an-giang", "speed": "normal"})
    return {
        "certificates": CERTIFICATES,
        "cards": shelf_cards(),
        "drawings": drawings(),
        "form": form,
        "facet": SimpleNamespace(
            name="sao",
            title="Hạng sao",
            choices=[
                SimpleNamespace(value=stars, label=f"{stars} sao", count=count, checked=stars == 5, stars=stars)
                for stars, count in ((5, 126), (4, 3108), (3, 9875))
            ],
        ),
        "crumbs": [SimpleNamespace(text="Trang chủ", url="/"), SimpleNamespace(text="Thành phần", url="")],
        "amounts": [
            SimpleNamespace(label="Hàng (3 kiện)", amount_vnd=915000),
            SimpleNamespace(label="Tuần hàng OCOP Tết", amount_vnd=-20000, kind="ok"),
        ],
        "details": [SimpleNamespace(term="Số quyết định", text="1834/QĐ-BNNMT")],
        "steps": [
            SimpleNamespace(text=text, state=state)
            for text, state in (("Đặt hàng", "done"), ("Xác nhận", "done"), ("Đóng gói", "now"), ("Đang giao", ""))
        ],
        "events": [
            SimpleNamespace(text=text, state=state, at=datetime(2026, 11, 23, 11, 20, tzinfo=SHOP_TIME_ZONE), note="")
            for text, state in (("Đang đóng gói", "now"), ("Xác nhận đơn", "done"))
        ],
        "columns": [SimpleNamespace(text="Mã đơn"), SimpleNamespace(text="Thành tiền", numeric=True)],
        "rows": [
            SimpleNamespace(
                cells=[
                    SimpleNamespace(text="OC-0418", head=True),
                    SimpleNamespace(text="370.000 ₫", numeric=True, label="Thành tiền"),
                ]
            )
        ],
        "page": Paginator(range(530), 10).page(4),
    }


def shelf_cards() -> list[ShelfCard]:
    """Long and short names, all stocks, with a badge and without."""
    names = ("Nước mắm cốt Phú Quốc 43°N", "Bình hoa men lam vẽ tay Bát Tràng dáng tỏi, cao 32 cm, nung củi", "Nhãn", "Chè")
    return [
        ShelfCard(
            product=Product(upc=f"P{index}", title=name, unit="chai 500 ml", criteria_set=criteria_set),
            certificate=CERTIFICATES[index * 2] if index < 3 else None,
            price_vnd=185000 * (index + 1),
            stock=(86, 9, 0, None)[index],
        )
        for index, (name, criteria_set) in enumerate(zip(names, (9, 21, 1, 11), strict=True))
    ]


def drawings() -> list[tuple[str, str, int]]:
    """Every motif once, in the colours of its group."""
    of_motif = {motif: group_of(number) for number, motifs in MOTIFS.items() for motif in motifs}
    assert {group for _, group in LAST_SET_OF_GROUP} == set(of_motif.values())
    return [(group, motif, index % 4) for index, (motif, group) in enumerate(sorted(of_motif.items()))]
