"""Forms of an amendment: what it says, a line of its plan, a consent to it (п. 7.2)."""

from django import forms

from mentoring_site.forms import BaseForm, OnceMixin
from mentoring_site.russian import rudate
from people.banks.models import Statement
from people.promises import Promise
from programs.catalogs.models import MentoringForm
from programs.changes.forms import VersionedForm, allow_no_future, version_field
from programs.pairings.terms import LONGEST, is_too_long
from programs.program.drafting.forms import ActivityForm
from programs.program.forms import area


class AmendmentForm(OnceMixin, VersionedForm):
    """What an amendment says besides the plan; ``version`` belongs to the edit of one that exists."""

    conditional = {"new_end", "term_decision"}
    new_end = forms.DateField(label="Новый последний день", required=False)
    forms_ = forms.ModelMultipleChoiceField(
        MentoringForm.objects.none(),
        label="Новые формы наставничества",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Отметьте, только если форма меняется",
    )
    reason = forms.CharField(label="Почему", max_length=2000, widget=area(3), help_text=Promise.PROGRAM.sentence)
    term_decision = forms.CharField(
        label="Решение об особом сроке",
        required=False,
        max_length=1000,
        widget=area(2),
        help_text="Кто и почему решил, что программа может идти больше года (п. 1.2 Положения). Войдёт в приказ",
    )
    version = version_field()

    def __init__(self, *args, program, amendment=None, decides=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.program = program
        self.fields["new_end"].help_text = f"Сейчас — {rudate(program.ends_on)} Оставьте пустым, если срок не меняется"
        self.fields["new_end"].widget.attrs["min"] = program.ends_on.isoformat()
        self.fields["forms_"].queryset = MentoringForm.objects.filter(is_open=True)
        if not decides:
            del self.fields["term_decision"]
        if amendment is None:
            del self.fields["version"]
        else:
            del self.fields["request_key"]
            self.initial = {
                "new_end": amendment.new_end,
                "forms_": [f.pk for f in amendment.forms.all()],
                "reason": amendment.reason,
                "term_decision": amendment.term_decision,
                "version": amendment.version,
            }

    def clean(self):
        data = super().clean()
        end = data.get("new_end")
        if end and end <= self.program.ends_on:
            self.add_error(
                "new_end", f"Программа и так идёт до {rudate(self.program.ends_on)} Укажите более поздний день"
            )
        elif end and is_too_long(self.program.starts_on, end) and self._undecided(data):
            words = f"Всего получается больше {LONGEST} (п. 1.2 Положения): напишите, кто и почему так решил"
            self.add_error("term_decision", words)
        return data

    def _undecided(self, data) -> bool:
        return "term_decision" in self.fields and not (data.get("term_decision") or "").strip()

    def values(self) -> dict:
        """Return what the acts take."""
        data = self.cleaned_data
        found = {"new_end": data["new_end"], "forms": list(data["forms_"]), "reason": data["reason"]}
        return found | ({"term_decision": data["term_decision"]} if "term_decision" in self.fields else {})


class LineForm(ActivityForm):
    """A line of the plan in its new wording, within the new term."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # a difficulty that came up while the program runs is named by its line first, by the program with the order
        field, known = self.fields["statements"], self.initial.get("statements") or []
        field.queryset = field.queryset | Statement.objects.filter(pk__in=[getattr(s, "pk", s) for s in known])

    def line(self) -> dict:
        """Return the line as the amendment keeps it."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "starts_on": str(data["starts_on"] or ""),
            "due_on": str(data["due_on"]),
            "responsible": data["responsible"],
            "expected_result": data["expected_result"],
            "evidence": data["evidence"],
            "statements": sorted(s.pk for s in data["statements"]),
        }


class PaperForm(BaseForm):
    """The date that stands on a paper."""

    given_on = forms.DateField(label="Дата на бумаге")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        allow_no_future(self.fields["given_on"])


class ObjectionForm(BaseForm):
    """Why a side does not agree with the wording that it read."""

    reason = forms.CharField(label="Почему", max_length=2000, widget=area(4), help_text=Promise.PROGRAM.sentence)
    version = version_field()


class AgreeForm(BaseForm):
    """Consent to the wording that was read."""

    version = version_field()
