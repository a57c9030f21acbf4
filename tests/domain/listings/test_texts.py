import pytest

from shop.domain.listings.texts import clean_text


@pytest.mark.parametrize(
    ("field", "text", "kept"),
    [
        ("title", "  Chè\n Tân   Cương ", "Chè Tân Cương"),
        ("story", "Một\r\n\r\n\r\n\r\nhai  ba\u200b\u202e", "Một\n\nhai ba"),
        ("story", "<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("description", "{{ settings.SECRET_KEY }}{% now %}", "{{ settings.SECRET_KEY }}{% now %}"),
        ("story", "a\x00b\x1b[31mc", "ab[31mc"),
        ("title", "Che\u0300", "Chè"),
    ],
)
def test_a_text_is_plain_and_shows_everything_it_says(field, text, kept):
    assert clean_text(field=field, text=text) == kept
