"""How a paper is cited: «от 02.09.2026 № 41-од»."""

from dataclasses import dataclass
from datetime import date as day

from mentoring_site.russian import NBSP, rudate, rushort


@dataclass(frozen=True)
class PaperRef:
    """The number and the date of a paper.

    ``str()`` is for papers and history; ``on_screen`` keeps «№» on one line with the number; ``number_first`` is for
    sentences.
    """

    number: str
    date: day | str | None

    def __str__(self) -> str:
        return f"{self.day} № {self.number}" if self.number else self.day

    @property
    def day(self) -> str:
        """«от 02.09.2026»: of a paper without a number."""
        return f"от {rushort(self.date)}"

    @property
    def on_screen(self) -> str:
        """«от 02.09.2026 №\u00a041-од» with a no-break space."""
        return f"от {rushort(self.date)} №{NBSP}{self.number}"

    @property
    def number_first(self) -> str:
        """«№ 41-од от 2 сентября 2026 г.»."""
        return f"№ {self.number} от {rudate(self.date)}"
