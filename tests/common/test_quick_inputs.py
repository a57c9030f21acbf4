"""An input that is written at once is the input Django's templates write."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from shop.common.quick_inputs import QuickInputs

WIDGETS = (
    forms.TextInput,
    forms.EmailInput,
    forms.NumberInput,
    forms.HiddenInput,
    forms.PasswordInput,
    forms.DateInput,
    forms.CheckboxInput,
    forms.Textarea,
)
VALUES = (None, "", 0, 7, '"><script>', "Nguyễn & con", mark_safe("a &amp; b"), gettext_lazy("Chọn"))
ATTRIBUTES = {"required": True, "disabled": False, "placeholder": '<"', "maxlength": 255, "aria-label": gettext_lazy("Tìm")}


@pytest.mark.parametrize("widget", WIDGETS)
@pytest.mark.parametrize("value", VALUES)
def test_it_is_what_the_templates_write(widget, value):
    words = {"name": 'na"me', "value": value, "attrs": ATTRIBUTES}

    assert widget().render(**words, renderer=QuickInputs()) == widget().render(**words, renderer=DjangoTemplates())


def test_a_form_uses_it(settings):
    class Question(forms.Form):
        answer = forms.CharField(max_length=3)

    assert settings.FORM_RENDERER == "shop.common.quick_inputs.QuickInputs"
    assert isinstance(Question().renderer, QuickInputs)
    assert str(Question()["answer"]) == '<input type="text" name="answer" maxlength="3" required id="id_answer">'
