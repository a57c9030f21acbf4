"""VietQR: the text inside the code that every Vietnamese banking app reads (EMVCo merchant-presented, NAPAS).

A code proves nothing: it only saves typing. Whether money came is said by the bank.
"""

import re

from .vietnamese import fold

NAPAS = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
VND, VIETNAM = "704", "VN"
DYNAMIC = "12"
LONGEST_PURPOSE = 25
NOT_FOR_PURPOSES = re.compile(r"[^A-Za-z0-9 ]+")
CRC_POLYNOMIAL, CRC_START = 0x1021, 0xFFFF


def vietqr_payload(*, bank_bin: str, account: str, amount_vnd: int, purpose: str) -> str:
    """Return the text of a code that pays `amount_vnd` whole đồng to an account; the purpose loses accents and signs.

    Raises ValueError for a bank's number that has not six digits, an empty account or an amount below one đồng.
    """
    if not re.fullmatch(r"\d{6}", bank_bin) or not account.isalnum() or amount_vnd < 1:
        raise ValueError(bank_bin, account, amount_vnd)
    beneficiary = _field("00", bank_bin) + _field("01", account)
    merchant = _field("00", NAPAS) + _field("01", beneficiary) + _field("02", TO_ACCOUNT)
    body = "".join(
        (
            _field("00", "01"),
            _field("01", DYNAMIC),
            _field("38", merchant),
            _field("53", VND),
            _field("54", str(amount_vnd)),
            _field("58", VIETNAM),
            _field("62", _field("08", plain_purpose(purpose))),
            "6304",
        )
    )
    return f"{body}{crc16(body.encode('ascii')):04X}"


def plain_purpose(text: str) -> str:
    """Return a purpose as banks carry it: 25 letters, digits and blanks, without accents."""
    return NOT_FOR_PURPOSES.sub("", _without_accents(text))[:LONGEST_PURPOSE].strip()


def crc16(data: bytes) -> int:
    """CRC-16/CCITT-FALSE."""
    crc = CRC_START
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = ((crc << 1) ^ CRC_POLYNOMIAL) & 0xFFFF if crc & 0x8000 else crc << 1
    return crc


def _without_accents(text: str) -> str:
    # Small letters would do for a bank, but an order's number is read by people as it stands on the page.
    return "".join(letter if letter.isascii() else fold(letter) for letter in text)


def _field(name: str, value: str) -> str:
    return f"{name}{len(value):02d}{value}"
