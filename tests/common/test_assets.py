import re

import pytest
from django.core.exceptions import ImproperlyConfigured

from shop.common.assets import asset_url


def test_asset_url_carries_a_version_of_the_content():
    assert re.fullmatch(r"/static/img/sprite\.svg\?v=[0-9a-f]{8}", asset_url("img/sprite.svg"))


def test_asset_url_names_what_is_missing():
    with pytest.raises(ImproperlyConfigured, match=r"img/nothing\.svg"):
        asset_url("img/nothing.svg")
