"""The form of an order that approves the Положение."""

from django import forms
from django.utils import timezone

from mentoring_site.paper_numbers import NumberFormField
from reports.orders.drafting.typed_form import PersonField, TypedOrderForm
from reports.orders.order_kinds.regulation.draft import RegulationDraft
from roadmap.plan.models import Roadmap
from roadmap.regulation.acts import SHORTEST
from roadmap.regulation.models import Regulation


class RegulationForm(TypedOrderForm):
    """The text of the Положение; the same order may approve the roadmap and appoint the curator (п. 3.1, 3.3)."""

    text = forms.CharField(
        label="Текст Положения",
        min_length=SHORTEST,
        max_length=150_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Каждый абзац с новой строки: он будет приложением к приказу",
    )
    since = forms.DateField(label="Вводится в действие с")
    roadmap = forms.TypedChoiceField(
        label="Утвердить тем же приказом дорожную карту", required=False, coerce=int, empty_value=None
    )
    main = PersonField("Назначить тем же приказом куратором", required=False)
    minutes_number = NumberFormField(
        label="Протокол педагогического совета №",
        required=False,
        help_text="Если устав требует решения совета",
    )
    minutes_date = forms.DateField(label="Протокол от", required=False)
    draft_class = RegulationDraft
    people = {"main": "main"}
    council = True

    def __init__(self, *args, **kwargs):
        initial = {}
        if "proposal" not in kwargs:
            now = Regulation.objects.filter(state=Regulation.State.APPROVED).first()
            initial = {"text": now.text if now else "", "since": timezone.localdate()}
        super().__init__(*args, initial=initial, **kwargs)
        ready = Roadmap.objects.filter(state=Roadmap.State.SUBMITTED)
        self.fields["roadmap"].choices = [("", "нет"), *((r.pk, str(r)) for r in ready)]
