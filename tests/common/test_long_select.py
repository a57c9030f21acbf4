from html.parser import HTMLParser

from django import forms
from django.utils.translation import gettext_lazy

from shop.common.long_select import LongSelect

CHOICES = [("", gettext_lazy("Chọn")), ("79", "TP. <Hồ> & Chí Minh"), ("01", "Hà Nội")]


class Elements(HTMLParser):
    """Tags with attributes, and texts, whatever the white space between them."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, sorted(attrs)))

    def handle_data(self, data):
        self.found += [data.strip()] if data.strip() else []


def elements_of(widget, *, errors=False, initial=None, data=None):
    class Address(forms.Form):
        use_required_attribute = True
        province = forms.ChoiceField(choices=CHOICES, widget=widget(attrs={"autocomplete": "address-level1"}))

    form = Address(data, initial={"province": initial} if initial else None)
    reader = Elements()
    reader.feed(form["province"].as_widget(attrs={"class": "in"}))
    return reader.found


def test_it_is_the_select_of_django():
    for words in ({}, {"initial": "79"}, {"data": {"province": "01"}}, {"data": {"province": "<script>"}}):
        found = elements_of(LongSelect, **words)
        assert found == elements_of(forms.Select, **words)
        assert len(found) == 1 + 2 * len(CHOICES)
