"""Who has adopted, considered or agreed on a document before the director approves it: none to several bodies.

Schools print up to four marks on a Положение («ПРИНЯТО педагогическим советом», «СОГЛАСОВАНО …»); each names the body,
the number and the date of its minutes (docs/law.md#orders-text).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypedDict

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm
from mentoring_site.paper_numbers import NumberFormField
from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import joined
from people.language.posts import decline_department

WORDS = ("ПРИНЯТО", "СОГЛАСОВАНО", "РАССМОТРЕНО", "РАССМОТРЕНО И ПРИНЯТО", "РЕКОМЕНДОВАНО", "С УЧЁТОМ МНЕНИЯ")
ROWS = 4
BODIES = "педагогический совет, методический совет, общее собрание работников, профсоюзный комитет"


class Approval(TypedDict):
    """One mark: its word, the body in the nominative, number and ISO date of the minutes."""

    word: str
    body: str
    number: str
    date: str


class Grif(TypedDict):
    """A mark as papers print it."""

    word: str
    body: str
    paper: str


def body_in_genitive(body: str) -> str:
    """«педагогический совет» → «педагогического совета»."""
    return decline_department(body, "genitive")


def grifs(approvals: Iterable[Mapping[str, Any]]) -> list[Grif]:
    """Return the marks of a document as papers print them: word, «решение педагогического совета», its minutes."""
    return [
        {
            "word": row["word"],
            "body": f"{'' if row['word'] == 'С УЧЁТОМ МНЕНИЯ' else 'решением '}{body_in_genitive(row['body'])}",
            "paper": f"протокол {PaperRef(row['number'], row['date'])}" if row["number"] else "",
        }
        for row in approvals
    ]


def decisions(approvals: Iterable[Mapping[str, Any]]) -> str:
    """«решения педагогического совета (протокол от 28.08.2026 № 1)» for the stating part; empty without any."""
    found = [
        f"{body_in_genitive(row['body'])}"
        + (f" (протокол {PaperRef(row['number'], row['date'])})" if row["number"] else "")
        for row in approvals
    ]
    return f"{'решения' if len(found) == 1 else 'решений'} {joined(found)}" if found else ""


def cited(approvals: Iterable[Mapping[str, Any]]) -> list[tuple[str, date]]:
    """Return the minutes as dated papers: the order may not be dated before them."""
    return [
        (f"протокол № {row['number']}, {row['body']}", date.fromisoformat(str(row["date"])))
        for row in approvals
        if row["date"]
    ]


class ApprovalsMixin(BaseForm):
    """Rows of a form for the bodies that have adopted or agreed on a document."""

    def add_approval_fields(self, approvals: Iterable[Mapping[str, Any]] = ()) -> None:
        """Add the rows to the form, filled with ``approvals``."""
        known = list(approvals)
        for n in range(ROWS):
            row = known[n] if n < len(known) else {}
            self.fields[f"word_{n}"] = forms.ChoiceField(
                label=f"Гриф {n + 1}", required=False, choices=[("", "нет"), *((w, w) for w in WORDS)]
            )
            self.fields[f"body_{n}"] = forms.CharField(
                label="Орган", required=False, max_length=150, help_text="" if n else f"Например: {BODIES}"
            )
            self.fields[f"number_{n}"] = NumberFormField(label="Протокол №", required=False)
            self.fields[f"day_{n}"] = forms.DateField(label="Протокол от", required=False)
            for name, key in (("word", "word"), ("body", "body"), ("number", "number"), ("day", "date")):
                field: Any = self.fields[f"{name}_{n}"]
                self.prepare(f"{name}_{n}", field)
                field.initial = row.get(key, "")
                field.quiet, field.room = True, "third"

    def check_approvals(self, data: dict[str, Any]) -> None:
        """Ask for what a begun row lacks; minutes have both number and date and are not of tomorrow."""
        for n in range(ROWS):
            word, body, number, day = (data.get(f"{name}_{n}") for name in ("word", "body", "number", "day"))
            if (number or day or body) and not word:
                self.add_error(f"word_{n}", "Выберите слово грифа")
            if word and not body:
                self.add_error(f"body_{n}", "Напишите, какой орган")
            if bool(number) != bool(day) and f"day_{n}" not in self.errors:
                self.add_error(f"day_{n}" if number else f"number_{n}", "Укажите и номер, и дату протокола")
            if day and day > timezone.localdate():
                self.add_error(f"day_{n}", "Заседание ещё не прошло")

    def approvals(self) -> list[Approval]:
        """Return the rows of a valid form."""
        data = self.cleaned_data
        return [
            {
                "word": data[f"word_{n}"],
                "body": " ".join(data[f"body_{n}"].split()),
                "number": data[f"number_{n}"],
                "date": data[f"day_{n}"].isoformat() if data[f"day_{n}"] else "",
            }
            for n in range(ROWS)
            if data.get(f"word_{n}")
        ]
