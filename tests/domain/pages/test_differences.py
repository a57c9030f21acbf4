"""What changed between two versions."""

from shop.domain.pages.differences import DifferentLine, Piece, compare_texts, has_changes


def test_words_that_changed_are_told_apart():
    kept, removed, added = compare_texts("Câu đầu\nTrong 7 ngày, bạn được trả", "Câu đầu\nTrong 14 ngày, bạn được trả")

    assert kept == DifferentLine("kept", (Piece("kept", "Câu đầu"),))
    assert removed.pieces == (Piece("kept", "Trong "), Piece("removed", "7"), Piece("kept", " ngày, bạn được trả"))
    assert added.pieces == (Piece("kept", "Trong "), Piece("added", "14"), Piece("kept", " ngày, bạn được trả"))


def test_lines_that_share_little_are_two_lines():
    lines = compare_texts("một hai ba", "khác hẳn rồi nhé")

    assert lines == [
        DifferentLine("removed", (Piece("removed", "một hai ba"),)),
        DifferentLine("added", (Piece("added", "khác hẳn rồi nhé"),)),
    ]


def test_the_same_text_has_no_changes():
    assert not has_changes(compare_texts("a\nb", "a\nb"))
    assert has_changes(compare_texts("", "a"))


def test_very_long_lines_are_compared_whole():
    old, new = ("chữ " * 10_000).strip(), ("từ " * 10_000).strip()

    assert [line.kind for line in compare_texts(old, new)] == ["removed", "added"]
