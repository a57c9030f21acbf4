"""What a heading over a column means, in all the words offices use for it."""

import re
from enum import StrEnum
from functools import lru_cache

from shop.common.vietnamese import fold, normalise

from ..spellings.stars import read_stars

MAX_HEADING_LENGTH = 90


class Field(StrEnum):
    """What a column may hold."""

    ORDER = "order"
    PRODUCT = "product"
    PRODUCER = "producer"
    PRODUCER_AND_ADDRESS = "producer_and_address"
    ADDRESS = "address"
    PROVINCE = "province"
    GROUP = "group"
    STARS = "stars"
    SCORE = "score"
    NUMBER = "number"
    SIGNED_ON = "signed_on"
    ISSUED_ON = "issued_on"
    EXPIRES_ON = "expires_on"
    AUTHORITY = "authority"
    PRODUCT_CODE = "product_code"
    FORM = "form"
    NOTE = "note"
    OTHER = "other"


SUBJECT = (
    r"(?:chu the|don vi|co so|doanh nghiep|hop tac xa|htx|nha san xuat|to chuc|ca nhan|ho san xuat|ho kinh doanh|cong ty"
    r"|sxkd|dn|ctcp|thuong nhan|chu so huu)"
)
CONTACT = r"(?:dien thoai|sdt|dt|lien he|dai dien)"
PROPOSED = r"(?:de xuat|de nghi|du kien|tu danh gia|tu cham|tiem nang)"
AFTER_SUBJECT = r"(?:ocop|san xuat|kinh doanh|co san pham|san pham|dang ky|tham gia|va|kd|thuc hien)"
AFTER_PRODUCT = r"(?:ocop|dich vu|tham gia|dang ky|duoc|dat|cong nhan|va|cua|nhom|bo|chuan|danh gia|san pham|sp|du thi)"
WHOSE_NAME = r"(?:chu the|chu so huu|don vi|co so|doanh nghiep|dn|htx|hop tac xa)"
AFTER_SCORE = r"(?:so|tb|trung binh|danh gia|cham|binh quan|hoi dong|dat|duoc|tong|cuoi cung|cap tinh|cua|100)"
UNIT = r"(?:xa|phuong|thi tran|tt|huyen|quan|thi xa|tx|thanh pho|tp|dac khu|thon|ap)"
# In this order: «Phân hạng sản phẩm» is a rank and «Nhóm sản phẩm» a group before either is a product.
PATTERNS: tuple[tuple[Field, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (Field.ORDER, r"(?:s ?t ?t|tt|so tt|so thu tu|thu tu|no|#)"),
        # Phones and persons may share a column with what is wanted: «Tên cơ sở, địa chỉ, điện thoại».
        (Field.PRODUCER_AND_ADDRESS, rf"(?:ten )?{SUBJECT}\b.*\bdia chi\b.*\b{CONTACT}\b.*"),
        (Field.PRODUCER, rf"(?:ten )?{SUBJECT}\W.*\bdai dien\b(?!.*\bdia chi\b).*"),
        (Field.ADDRESS, rf"dia chi\W.*\b{CONTACT}\b.*"),
        (
            Field.OTHER,
            r".*\b(?:dien thoai|sdt|email|mst|ma so thue|website|hinh anh|anh|dai dien|giam doc|chuc vu|gioi tinh)\b.*",
        ),
        (
            Field.OTHER,
            r"(?:so luong|sl|so san pham|so sp|loai hinh|quy mo|gia(?! tri)|quy cach|mo ta|cau chuyen|san luong|cong suat)\b.*",
        ),
        # A rank somebody proposes, or gives himself, is not the rank that was recognised.
        (Field.OTHER, rf"(?=.*\b{PROPOSED}\b)(?=.*\b(?:hang|sao|diem|ket qua)\b).*"),
        # Neither is the one of the round before.
        (Field.OTHER, r"(?=.*\b(?:cu|truoc)\b)(?=.*\b(?:hang|sao|diem|ket qua)\b).*"),
        (Field.PRODUCT_CODE, r"(?:ma|product code|code)(?: (?:so|hieu))*(?: (?:san pham|sp|ocop|ho so))*"),
        (
            Field.EXPIRES_ON,
            r".*\b(?:ket thuc|het han|het hieu luc|den ngay|hieu luc den|co gia tri den|gia tri den|valid until)\b.*",
        ),
        (Field.ISSUED_ON, r"(?:co )?hieu luc (?:ke )?tu\b.*"),
        (Field.EXPIRES_ON, r"(?:thoi han|hieu luc|han)\b.*"),
        (Field.NUMBER, r"so,? (?:va )?ngay.*(?:quyet dinh|qd).*"),
        (Field.ISSUED_ON, r".*\b(?:ngay|thoi gian|thoi diem)\b.*\b(?:bat dau|cap|cong nhan|chung nhan|hieu luc)\b.*"),
        (Field.ISSUED_ON, r"(?:tu ngay|issued on|ngay cap)\b.*"),
        (Field.SIGNED_ON, r"ngay(?:\W+thang)?(?:\W+nam)?|decision date|signed on"),
        (Field.SIGNED_ON, r"(?:ngay|thoi gian)\b.*\b(?:ky|ban hanh|qd|quyet dinh|van ban|phe duyet)\b.*"),
        (Field.OTHER, r"(?:ngay|thoi gian|nam)\b.*"),
        (
            Field.AUTHORITY,
            (
                r"(?:co quan|tham quyen|cap co tham quyen|authority|noi ban hanh|chu the ban hanh)\b.*"
                r"|don vi (?:ban hanh|cong nhan|cap|ky)\b.*"
            ),
        ),
        (Field.NUMBER, r"(?:so(?: hieu)?,? )?(?:ngay,? )?(?:cua )?(?:quyet dinh|qd|van ban)\b.*|so(?: hieu)? van ban|decision.*"),
        (
            Field.SCORE,
            rf"(?:(?:tong|so|ket qua|muc|danh gia) )*diem(?: {AFTER_SCORE})*|ket qua cham.*|score",
        ),
        (Field.FORM, r"(?:hinh thuc|lan danh gia|loai danh gia|danh gia lan|noi dung danh gia)\b.*|form"),
        (Field.PRODUCT, r"ten (?:goi |thuong mai )?(?:cua )?(?:cac )?(?:san pham|sp)\b.*"),
        (
            Field.STARS,
            (
                r".*\b(?:xep ?hang|phan ?hang|hang sao|so sao|cap sao|muc sao|dat sao|hang dat"
                r"|hang ocop|ocop dat|sao ocop|xep loai|cong nhan hang)\b.*"
            ),
        ),
        (
            Field.STARS,
            (
                r"(?:sao|hang|dat|dat hang|cap hang|ket qua(?: (?:danh gia|cong nhan|dat|sao))?|sao dat duoc|hang san pham)"
                r"|muc dat|dat ocop|ocop|stars?|rating"
            ),
        ),
        (Field.NOTE, r"(?:ghi chu|chu thich|luu y|notes?)\b.*"),
        (
            Field.GROUP,
            (
                r"(?:ten |thuoc )?(?:nhom|nganh|linh vuc"
                r"|phan nhom|bo san pham|loai san pham|phan loai|chung loai|loai|group|category)\b.*"
            ),
        ),
        # The address of somebody, whose name stands in a column of its own.
        (Field.ADDRESS, rf"dia chi (?:cua )?{SUBJECT}(?: {AFTER_SUBJECT})*(?: {UNIT}(?:\W*{UNIT})*)?"),
        (Field.ADDRESS, rf"don vi (?:hanh chinh|{UNIT})(?:\W*{UNIT})*"),
        (Field.PRODUCER_AND_ADDRESS, rf".*\b{SUBJECT}\b.*\bdia chi\b.*|.*\bdia chi\b.*\b{SUBJECT}\b.*"),
        (
            Field.ADDRESS,
            r".*\b(?:dia chi|dia ban|dia phuong|dia diem|tru so|noi san xuat|vung san xuat|address|district or commune)\b.*",
        ),
        (Field.PROVINCE, r"(?:ten )?tinh(?: ?[,/-]? ?(?:thanh pho|tp|thanh))?(?: truc thuoc.*)?|province"),
        (Field.ADDRESS, rf"(?:ten )?{UNIT}(?:\W*{UNIT})*(?:\W*tinh)?"),
        (
            Field.PRODUCER,
            rf"(?:ten |cac |thong tin (?:ve |cua )?)*{SUBJECT}(?:\W+(?:{SUBJECT}|{AFTER_SUBJECT}))*",
        ),
        (Field.PRODUCER, rf"chu the\b.*|ten {WHOSE_NAME}\b.*|doanh nghiep\W.*\b(?:htx|hop tac xa|ho)\b.*"),
        (Field.PRODUCER, r"ten ho|chuthe\w*|chu ho|chu co so|nguoi san xuat|producer(?: name)?|ho"),
        (
            Field.PRODUCT,
            rf"(?:ten |cac |danh muc |thong tin )*(?:san pham|sanpham|sp|hang hoa|mat hang)(?:\W+{AFTER_PRODUCT})*",
        ),
        (Field.PRODUCT, r"product(?: name)?|ten ocop"),
    )
)
# Words that mean something only under the heading above them.
NEEDS_PARENT = frozenset({"ten", "so", "ngay", "ten goi", "ho va ten", "ho ten", "so ngay", "ky hieu", "noi dung"})
RANK_IN_WORDS = re.compile(r"(?:hang |dat |ocop )*0?[3-5] ?sao|(?:hang )?(?:ba|bon|nam) sao")
RANK_IN_SIGNS = re.compile(r"\W*[*★]{3,5}\W*|[3-5]\s*[*★]")
NOT_HEADING = re.compile(r"[()\[\].:*_]+")

SPEAKS_OF_RANK = re.compile(r"\b(?:hang|sao|loai|xephang)\b")
YEAR = re.compile(r"\b20\d\d\b")


def rank_preference(heading: str) -> tuple[bool, int]:
    """Say which of several columns holds the rank: one named so before a mere result, a later year before an earlier."""
    plain = plain_heading(heading)
    return bool(SPEAKS_OF_RANK.search(plain)), max((int(year) for year in YEAR.findall(plain)), default=0)


@lru_cache(maxsize=8192)
def field_of(heading: str) -> Field | None:
    """Return what a column with this heading holds, None when it is not one of ours."""
    if len(heading) > MAX_HEADING_LENGTH:
        return None
    plain = plain_heading(heading)
    if not plain:
        return None
    return next((name for name, pattern in PATTERNS if pattern.fullmatch(plain)), None)


def rank_of_heading(text: str) -> int | None:
    """Return the rank a column stands for when its heading is one: «4 sao» over a column of crosses."""
    plain = plain_heading(text)
    return read_stars(text).stars if RANK_IN_WORDS.fullmatch(plain) or RANK_IN_SIGNS.fullmatch(text) else None


def plain_heading(heading: str) -> str:
    """Return a heading without accents, brackets and camel humps."""
    text = normalise(heading)
    # ChuTheSXKD: a capital after a small letter begins a word.
    spread = "".join(
        f" {letter}" if place and letter.isupper() and text[place - 1].islower() else letter for place, letter in enumerate(text)
    ).replace("_", " ")
    return " ".join(NOT_HEADING.sub(" ", fold(spread)).split()).strip(" ,;-/")
