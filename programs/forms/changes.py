"""Forms of changes: amendment and its lines, replacement, suspension, end of a pair, petitions (п. 4.1, 5.1, 7.2)."""

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm
from mentoring_site.russian import rudate
from people.forms.fields import OnceMixin
from people.models import Candidate
from programs.forms.programmes import ActivityForm, area
from programs.models import MentoringForm, Participation, Substitution
from programs.workflows.changes import over_a_year


def _version():
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)


def _today_at_most(field):
    field.widget.attrs["max"] = timezone.localdate().isoformat()


class AmendmentForm(OnceMixin, BaseForm):
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
    reason = forms.CharField(
        label="Почему", max_length=2000, widget=area(3), help_text="Прочтут участники, куратор, совет и директор"
    )
    term_decision = forms.CharField(
        label="Решение об особом сроке",
        required=False,
        max_length=1000,
        widget=area(2),
        help_text="Кто и почему решил, что программа может идти больше года (п. 1.2 Положения). Войдёт в приказ",
    )
    version = _version()

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

    def show_newer(self, version: int) -> None:
        """Let the next press write over what the reader has now seen."""
        self.data = self.data.copy()
        self.data["version"] = str(version)

    def clean(self):
        data = super().clean()
        end = data.get("new_end")
        if end and end <= self.program.ends_on:
            self.add_error(
                "new_end", f"Программа и так идёт до {rudate(self.program.ends_on)} Укажите более поздний день"
            )
        elif end and over_a_year(self.program.starts_on, end) and self._undecided(data):
            words = "Всего получается больше 1 года (п. 1.2 Положения): напишите, кто и почему так решил"
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
        _today_at_most(self.fields["given_on"])


class AgreeForm(BaseForm):
    """Consent to the wording that was read."""

    version = _version()


class SubstitutionForm(OnceMixin, BaseForm):
    """Who replaces the mentor, why, from when and, for a time, until when."""

    conditional = {"paper_on", "until", "circumstances", "handover"}
    candidate = forms.ModelChoiceField(
        Candidate.objects.none(),
        label="Новый наставник",
        empty_label="выберите наставника",
        help_text="Из банка наставников: утверждённые и назначенные",
    )
    ground = forms.ChoiceField(label="Основание", choices=Substitution.Ground.choices, widget=forms.RadioSelect)
    paper_on = forms.DateField(label="Дата ходатайства или заявления", required=False)
    circumstances = forms.CharField(
        label="В связи с чем",
        required=False,
        max_length=300,
        help_text="Войдёт в приказ: «в связи с отпуском по уходу за ребёнком». Диагнозов и подробностей не пишут",
    )
    since = forms.DateField(label="С какого дня")
    until = forms.DateField(
        label="По какой день",
        required=False,
        help_text="Только для временной замены: после этого дня прежний наставник вернётся сам, без нового приказа",
    )
    handover = forms.CharField(
        label="Что передано новому наставнику",
        required=False,
        max_length=4000,
        widget=area(4),
        help_text="На чём остановилась программа, какие материалы и договорённости. Нужно до приказа",
    )
    version = _version()

    def __init__(self, *args, pairing, change=None, **kwargs):
        super().__init__(*args, **kwargs)
        inside = [p.person_id for p in pairing.people]
        bank = Candidate.objects.filter(part="mentor", state__in=["approved", "appointed"]).exclude(person__in=inside)
        field = self.fields["candidate"]
        field.queryset = bank.select_related("person").order_by("person__last_name", "person__first_name")
        field.label_from_instance = lambda c: c.person.full_name
        _today_at_most(self.fields["paper_on"])
        del self.fields["version" if change is None else "request_key"]
        if change is not None:
            names = ("candidate", "ground", "paper_on", "circumstances", "since", "until", "handover", "version")
            self.initial = {name: getattr(change, name) for name in names}

    def show_newer(self, version: int) -> None:
        """Let the next press write over what the reader has now seen."""
        self.data = self.data.copy()
        self.data["version"] = str(version)

    def clean(self):
        data = super().clean()
        if data.get("ground") in ("petition", "refusal") and not data.get("paper_on") and "paper_on" not in self.errors:
            self.add_error("paper_on", "Укажите дату ходатайства или заявления: на неё сошлётся приказ")
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", "Временная замена не может закончиться раньше, чем началась")
        return data

    def values(self) -> dict:
        """Return what the acts take."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "request_key")}


class DayForm(BaseForm):
    """One day."""

    on = forms.DateField(label="С какого дня")


class PauseForm(OnceMixin, BaseForm):
    """When a programme stands still and why."""

    since = forms.DateField(label="С какого дня")
    until = forms.DateField(
        label="По какой день", required=False, help_text="Оставьте пустым, если день возобновления пока неизвестен"
    )
    reason = forms.CharField(
        label="В связи с чем",
        max_length=300,
        help_text="Войдёт в приказ: «в связи с отпуском наставника». Диагнозов и подробностей не пишут",
    )

    def clean(self):
        data = super().clean()
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", "Приостановление не может закончиться раньше, чем началось")
        return data


class ResumeForm(OnceMixin, DayForm):
    """From which day a suspended programme goes on."""


class EndForm(OnceMixin, DayForm):
    """When and why a pair without a programme ends."""

    reason = forms.CharField(
        label="В связи с чем", max_length=300, help_text="Войдёт в приказ: «в связи с увольнением наставника»"
    )


class PetitionForm(OnceMixin, BaseForm):
    """A petition in confidence; the curator says whose paper it is and its date."""

    participation = forms.ModelChoiceField(
        Participation.objects.none(), label="Кто просит", empty_label=None, widget=forms.RadioSelect
    )
    filed_on = forms.DateField(label="Дата на бумаге")
    reason = forms.CharField(label="Почему", max_length=2000, widget=area(5))

    def __init__(self, *args, sides=None, **kwargs):
        """``sides`` are the participations that the curator may record for; None for one's own petition."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = "Прочтут только куратор и директор, другая сторона этого не увидит"
        if sides is None:
            del self.fields["participation"], self.fields["filed_on"]
        else:
            self.fields["participation"].queryset = sides
            self.fields["participation"].label_from_instance = lambda p: f"{p.person.full_name}, {p.part_word}"
            _today_at_most(self.fields["filed_on"])


class AnswerForm(BaseForm):
    """What was decided about a petition."""

    answer = forms.CharField(
        label="Решение", max_length=2000, widget=area(3), help_text="Прочтёт тот, кто просил, и директор"
    )
