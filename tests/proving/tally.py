"""The table at the end of a soak: promise by promise, how many rounds were played and held."""

from dataclasses import dataclass, field

from tests.proving.playing import Result
from tests.proving.scenario import Scenario, Words

MUTANT_LINE = Words("{count} danh sách hỏng đưa vào sổ", "{count} spoilt lists brought to the registry")
HEADING = Words(
    f"{'':<5} {'Chuyện xảy ra':<52} {'vòng':>9} {'vững':>6} {'sai':>5} {'bỏ bảo vệ':>12}",
    f"{'':<5} {'What happens':<52} {'rounds':>9} {'held':>6} {'audit':>5} {'without it':>12}",
)
LOST, HELD, NOT_PLAYED = Words("hỏng", "loses"), Words("KHÔNG HỎNG", "DOES NOT"), Words("–", "–")


@dataclass
class Line:
    """One series: rounds wanted, played and held, what the audits found, and whether the unguarded twin lost."""

    scenario: Scenario
    wanted: int
    played: int = 0
    held: int = 0
    broken: int = 0
    twin_lost: bool | None = None
    seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        return self.held == self.played and self.twin_lost is not False

    def text(self) -> str:
        twin = (NOT_PLAYED if self.twin_lost is None else LOST if self.twin_lost else HELD).say()
        rounds = f"{self.played}/{self.wanted}"
        return f"{self.scenario.promise:<5} {self.scenario.name():<52} {rounds:>9} {self.held:>6} {self.broken:>5} {twin:>12}"


@dataclass
class Tally:
    """All series, and the mutants."""

    series: list[Line] = field(default_factory=list)
    mutants_held: bool = True
    mutants_line: str = ""

    def begin(self, scenario: Scenario, wanted: int) -> Line:
        self.series.append(Line(scenario, wanted))
        return self.series[-1]

    def add(self, line: Line, result: Result, *, guarded: bool) -> None:
        line.seconds += result.seconds
        if not guarded:
            line.twin_lost = not result.kept and not result.went_wrong
            return
        line.played += 1
        line.held += result.kept
        line.broken += result.broken

    def mutants(self, held: bool, count: int) -> None:  # noqa: FBT001 -- the verdict comes first
        self.mutants_held = held
        self.mutants_line = f"{'R37':<5} {MUTANT_LINE.say(count=count):<52} {'✓' if held else '✗'}"

    @property
    def is_good(self) -> bool:
        return self.mutants_held and all(line.is_good for line in self.series)

    def lines(self) -> list[str]:
        return [HEADING.say(), *(line.text() for line in self.series), *filter(None, [self.mutants_line])]
