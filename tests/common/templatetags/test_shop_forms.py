from django import forms

from shop.common.templatetags import shop_forms


class PickUpForm(forms.Form):
    phone = forms.CharField(help_text="Để người giao gọi")
    invoice = forms.BooleanField(required=False)


def test_styled_announces_error_before_hint():
    drawn = shop_forms.styled(PickUpForm({"phone": ""})["phone"])
    assert 'class="in"' in drawn
    assert 'aria-describedby="id_phone-e id_phone-h"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_styled_leaves_a_checkbox_its_size():
    assert 'class="' not in shop_forms.styled(PickUpForm()["invoice"])


def test_is_checkbox_knows_where_the_label_goes():
    assert shop_forms.is_checkbox(PickUpForm()["invoice"]) is True
    assert shop_forms.is_checkbox(PickUpForm()["phone"]) is False
