"""A mutant for every whole number: the kinds take turns, the number is the seed of everything else."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from shop.domain.certificates.annexes.entries import Given
from shop.domain.certificates.importing.reading import read_given
from tests.fuzzing import spoilt_archives, spoilt_bytes, spoilt_sheets

KINDS: tuple[Callable[[Random], bytes], ...] = (
    spoilt_bytes.flip_bits,
    spoilt_sheets.odd_cells,
    spoilt_bytes.cut_short,
    spoilt_sheets.shuffled_merges,
    spoilt_archives.turn_digits,
    spoilt_sheets.odd_letters,
    spoilt_bytes.double_piece,
    spoilt_sheets.shuffled_rows,
    spoilt_bytes.wrong_letters,
    spoilt_sheets.formulas,
    spoilt_archives.flip_bits_inside,
    spoilt_sheets.shuffled_columns,
    spoilt_bytes.wrong_separators,
    spoilt_archives.bomb,
    spoilt_sheets.odd_cells,
    spoilt_archives.lying_directory,
    spoilt_bytes.blank_piece,
    spoilt_sheets.two_lists_in_one,
    spoilt_archives.door_to_elsewhere,
    spoilt_bytes.join_two,
    spoilt_archives.names_that_leave,
    spoilt_bytes.old_program,
    spoilt_archives.far_cells,
    spoilt_bytes.noise,
    spoilt_archives.lose_part,
    spoilt_archives.endless_sheet,
    spoilt_archives.swap_parts,
    spoilt_bytes.endless_text,
)
# What an officer adds where a list is silent, now and then.
SAID = {
    "number": "12/QĐ-UBND",
    "signed_on": "2026-08-05",
    "authority": "UBND tỉnh Lâm Đồng",
    "stars": "3",
    "province": "Lâm Đồng",
}


@dataclass(frozen=True)
class Mutant:
    """A spoilt list, and what somebody says along with it."""

    seed: int
    kind: str
    content: bytes
    given: Given
    skip_bad_rows: bool

    @property
    def file_name(self) -> str:
        return f"{self.seed:05}-{self.kind}"


def make_mutant(seed: int) -> Mutant:
    """The mutant of this number, the same on every machine."""
    dice = Random(seed)  # noqa: S311 -- to be had again
    kind = KINDS[seed % len(KINDS)]
    content = kind(dice)
    said = {name: value for name, value in SAID.items() if dice.random() < 0.25}
    return Mutant(seed, kind.__name__, content, read_given(options=said), skip_bad_rows=dice.random() < 0.5)
