"""The form of a replacement of a mentor (п. 4.1, 5.1)."""

from django import forms

from mentoring_site.forms import OnceMixin
from people.banks.models import Candidate
from programs.changes.forms import VersionedForm, allow_no_future, version_field
from programs.changes.replacement.models import Replacement
from programs.program.forms import area


class ReplacementForm(OnceMixin, VersionedForm):
    """Who replaces the mentor, why, from when and, for a time, until when."""

    conditional = {"paper_on", "until", "circumstances", "handover"}
    candidate = forms.ModelChoiceField(
        Candidate.objects.none(),
        label="Новый наставник",
        empty_label="выберите наставника",
        help_text="Из банка наставников: утверждённые и назначенные",
    )
    ground = forms.ChoiceField(label="Основание", choices=Replacement.Ground.choices, widget=forms.RadioSelect)
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
    version = version_field()

    def __init__(self, *args, pairing, change=None, **kwargs):
        super().__init__(*args, **kwargs)
        inside = [p.person_id for p in pairing.people]
        bank = Candidate.objects.standing().filter(part=Candidate.Part.MENTOR).exclude(person__in=inside)
        field = self.fields["candidate"]
        field.queryset = bank.select_related("person").order_by("person__last_name", "person__first_name")
        field.label_from_instance = lambda c: c.person.full_name
        allow_no_future(self.fields["paper_on"])
        del self.fields["version" if change is None else "request_key"]
        if change is not None:
            names = ("candidate", "ground", "paper_on", "circumstances", "since", "until", "handover", "version")
            self.initial = {name: getattr(change, name) for name in names}

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
