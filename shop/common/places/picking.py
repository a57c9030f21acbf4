"""A place half filled in: a province, its commune, or a name of before 2025 that leads to today's."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .addresses import understand_address
from .models import Commune
from .today import places_of_today


@dataclass
class PlacePick:
    """What stands in the fields of a place, and what an old name led to."""

    province: str = ""
    commune: str = ""
    former: str = ""
    former_answer: str = ""
    former_error: str = ""
    # To choose from when an old name means several of today's.
    communes: list[Commune] = field(default_factory=list)

    @property
    def values(self) -> dict[str, str]:
        """The three fields by name."""
        return {"province": self.province, "commune": self.commune, "former": self.former}


def read_place(*, province: str, commune: str, former: str, action: str, last_action: str) -> PlacePick:
    """Return what was posted; an old name fills in the commune it is in today, when none is chosen.

    `action` is the button that was pressed: "find" looks the old name up, `last_action` is the one that ends the form.
    """
    pick = PlacePick(province, commune, former)
    # A province chosen by hand after the search counts for more, until the form is sent without a commune.
    asks = action == "find" or (not commune and (not province or action == last_action))
    if former.strip() and asks:
        _understand_former(pick)
    else:
        _fit_commune(pick)
    return pick


def _fit_commune(pick: PlacePick) -> None:
    """Drop a commune that is not in the province, as after another province was chosen; it may name the province."""
    commune = places_of_today().communes.get(pick.commune)
    if commune is not None and not pick.province:
        pick.province = commune.province_id
    elif commune is None or commune.province_id != pick.province:
        pick.commune = ""


def _understand_former(pick: PlacePick) -> None:
    guess = understand_address(pick.former)
    if guess.commune is not None:
        pick.province, pick.commune = guess.commune.province_id, guess.commune.pk
        words = {"commune": guess.commune.full_name, "province": guess.commune.province.local_name}
        pick.former_answer = _("Nay là %(commune)s, %(province)s.") % words
    elif guess.ambiguous:
        pick.communes = list(guess.ambiguous)
        pick.province, pick.commune = guess.province.pk if guess.province else "", ""
        pick.former_answer = _("Nơi này nay thuộc một trong các xã trong ô «Phường, xã, đặc khu»: chọn một.")
    else:
        pick.province = guess.province.pk if guess.province else pick.province
        pick.former_error = _("Không tìm thấy nơi này. Ghi tên xã, huyện, tỉnh cũ, hoặc chọn trong danh sách.")
