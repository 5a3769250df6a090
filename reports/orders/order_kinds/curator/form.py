"""The form of an order that appoints the curator."""

from django import forms
from django.utils import timezone

from people.roles.holders import holder
from reports.orders.drafting.typed_form import PersonField, TypedOrderForm
from reports.orders.order_kinds.curator.draft import CuratorDraft


class CuratorForm(TypedOrderForm):
    """Whom, from when, instead of whom (п. 3.3, 3.4)."""

    main = PersonField("Кого назначить куратором", help_text="Из числа заместителей директора (п. 3.4 Положения)")
    since = forms.DateField(label="С какого дня")
    until = forms.DateField(label="По какой день", required=False, help_text="Если не указано — без срока")
    former = PersonField("Кого освободить от обязанностей куратора", required=False)
    draft_class = CuratorDraft
    people = {"main": "main", "former": "former"}

    def __init__(self, *args, **kwargs):
        now = holder("curator")
        initial = {"since": timezone.localdate(), "former": now.pk if now else None} if "proposal" not in kwargs else {}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)

    def clean(self):
        data = super().clean()
        if data.get("main") and data.get("main") == data.get("former"):
            self.add_error("former", "Назначить и освободить одного и того же человека нельзя")
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", "Последний день не может быть раньше первого")
        return data
