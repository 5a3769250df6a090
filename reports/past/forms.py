"""Forms of the import: answers to the doubts of a workbook."""

from hashlib import sha256
from typing import Any

from django import forms

from mentoring_site.forms import BaseForm, replace_messages
from people.staff_list.forms import UploadForm
from reports.past.plan import Plan, PlanRow, Question

AT_ONCE = 25


class PastUploadForm(UploadForm):
    """The workbook of the past."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "Книга с прежними документами"
        self.fields["file"].help_text = "Книга Excel (.xlsx), до 10\u00a0МБ и 1\u00a0000 строк"


class DoubtsForm(BaseForm):
    """Every doubt once, with the rows that wait for it. What is not answered does not come in."""

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any):
        super().__init__(*args, **kwargs)
        asked: dict[str, tuple[Question, list[PlanRow]]] = {}
        for row in plan.rows:
            for question in row.questions if not row.wrong else ():
                asked.setdefault(question.key, (question, []))[1].append(row)
        every = sorted(asked.values(), key=lambda one: bool(one[1][0].answers.get(one[0].key)))
        self.undecided = sum(question in rows[0].open_questions for question, rows in every)
        self.shown, self.more = every[:AT_ONCE], max(0, len(every) - AT_ONCE)
        for question, rows in self.shown:
            field = forms.ChoiceField(
                label=question.text,
                required=False,
                widget=forms.RadioSelect,
                choices=question.options,
                initial=rows[0].answers.get(question.key, ""),
            )
            self.fields[field_name(question)] = field
            replace_messages(field)

    @property
    def answers(self) -> dict[str, str]:
        """The answers given, by the keys of the questions."""
        given = {question.key: self.cleaned_data.get(field_name(question), "") for question, _ in self.shown}
        return {key: chosen for key, chosen in given.items() if chosen}

    @property
    def questions(self) -> list[dict[str, Any]]:
        """Doubts next to their fields and rows."""
        return [{"field": self[field_name(question)], "rows": rows} for question, rows in self.shown]


def field_name(question: Question) -> str:
    """Return the name of the field of a question, the same each time the page is asked."""
    return f"q{sha256(question.key.encode()).hexdigest()[:12]}"
