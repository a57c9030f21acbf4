import pytest

from shop.common.vietqr import crc16, plain_purpose, vietqr_payload

BANK = {"bank_bin": "970436", "account": "1017595600"}


def test_the_text_of_a_code_is_the_known_vector():
    assert vietqr_payload(**BANK, amount_vnd=180_000, purpose="thanh toan don hang") == (
        "00020101021238540010A00000072701240006970436011010175956000208QRIBFTTA530370454061800005802VN"
        "62230819thanh toan don hang630470FA"
    )


def test_the_checksum_is_ccitt_false():
    assert crc16(b"123456789") == 0x29B1


def test_a_purpose_is_short_and_plain():
    assert plain_purpose("Đơn OC-7K2M9QXD: chè, mật ong & trà") == "don OC7K2M9QXD che mat on"


@pytest.mark.parametrize("changes", [{"bank_bin": "97043"}, {"account": ""}, {"account": "12 34"}, {"amount_vnd": 0}])
def test_nonsense_is_no_code(changes):
    with pytest.raises(ValueError, match=r".*"):
        vietqr_payload(**{**BANK, "amount_vnd": 1, "purpose": "x", **changes})
