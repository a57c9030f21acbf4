from shop.common.qr import qr_svg


def test_qr_svg_is_drawn_in_the_page_without_style_or_script():
    drawn = qr_svg("https://ocop.example.vn/xac-minh/AG-2025-01834/")
    assert drawn.startswith('<svg aria-hidden="true" viewBox="0 0 37 37" class="qr"><path ')
    assert "style" not in drawn


def test_qr_svg_of_different_addresses_differs():
    assert qr_svg("https://ocop.example.vn/a") != qr_svg("https://ocop.example.vn/b")
