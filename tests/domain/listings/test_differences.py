import pytest

from shop.domain.listings.differences import compare_texts, percent_moved


def written(pieces):
    return "".join({"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}[piece.kind].format(piece.text) for piece in pieces)


def test_words_that_went_and_came_are_marked_each_on_their_side():
    difference = compare_texts("Chè xanh thơm cốm.", "Chè đen thơm mật.")

    assert written(difference.old) == "Chè [-xanh-] thơm [-cốm-]."
    assert written(difference.new) == "Chè [+đen+] thơm [+mật+]."


@pytest.mark.parametrize(("old", "new"), [("", "Chè"), ("Chè", ""), ("a\n\nb", "a\nb"), ("", "")])
def test_nothing_of_either_text_is_lost(old, new):
    difference = compare_texts(old, new)

    assert ("".join(p.text for p in difference.old), "".join(p.text for p in difference.new)) == (old, new)


@pytest.mark.parametrize(("old", "new", "percent"), [(100, 140, 40), (100, 60, -40), (90, 120, 33)])
def test_a_price_moves_by_rounded_per_cent(old, new, percent):
    assert percent_moved(old, new) == percent
