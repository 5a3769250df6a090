"""The statements of the Положение as they are shipped: text, whose it is, whether it asks for a deed."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "roadmap" / "data" / "clauses.tsv"
CHAPTERS = {
    "1": "1. Общие положения",
    "2": "2. Цель, задачи, формы",
    "3": "3. Организация",
    "4": "4. Наставник",
    "5": "5. Наставляемый",
    "6": "6. Формирование пар и групп",
    "7": "7. Завершение программы",
    "8": "8. Размещение на сайте",
    "9": "9. Заключительные положения",
    "П": "Приложение: дорожная карта",
}


@dataclass(frozen=True)
class Clause:
    """One statement; ``rank`` is its place in the text."""

    code: str
    actor: str
    modality: str
    text: str
    rank: int

    @property
    def chapter(self) -> str:
        """The key of its chapter: «3», «П»."""
        return self.code.partition(".")[0]

    @property
    def is_may(self) -> bool:
        """Whether it gives a right: nobody is late with it."""
        return self.modality == "may"


@cache
def actionable() -> dict[str, Clause]:
    """Return the statements that ask for a deed or give a right to one, by their code, in the order of the text."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {
        row["clause_id"]: Clause(row["clause_id"], row["actor"], row["modality"], row["statement_ru"], rank)
        for rank, row in enumerate(rows)
        if row["modality"] in ("must", "may")
    }
