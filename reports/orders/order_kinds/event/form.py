"""The form of an order that holds a monitoring or an event."""

from django import forms

from reports.orders.drafting.typed_form import PeopleField, PersonField, TypedOrderForm
from reports.orders.order_kinds.event.draft import EVENT_TYPES, MONITORING, EventDraft
from roadmap.events.models import Event


class EventForm(TypedOrderForm):
    """What, when, where, who answers for it (п. 3.4, roadmap stage 6)."""

    event_type = forms.ChoiceField(
        label="Что проводится", choices=[(code, words[0]) for code, words in EVENT_TYPES.items()]
    )
    title = forms.CharField(
        label="Название",
        max_length=200,
        required=False,
        help_text="Для конференции, круглого стола и семинара, без кавычек",
    )
    begins = forms.DateField(label="Первый день")
    ends = forms.DateField(label="Последний день")
    place = forms.CharField(
        label="Где",
        max_length=200,
        required=False,
        help_text="Например: малый зал школы; в приказе — «в малом зале школы»",
    )
    head = PersonField("Ответственный")
    member = PeopleField("Рабочая группа или организационный комитет", required=False)
    plan = forms.CharField(
        label="Программа",
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Каждый пункт с новой строки, время отделите тире: «10:00 — Открытие»",
    )
    event = forms.ModelChoiceField(Event.objects.none(), widget=forms.HiddenInput, required=False)
    draft_class = EventDraft
    people = {"head": "head", "member": "member"}
    conditional = {"title"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["event"].queryset = Event.objects.filter(outside=False)

    @classmethod
    def initial_from(cls, address):
        """Fill in the event that the order is about."""
        asked = address.get("event", "")
        if not (asked.isdecimal() and len(asked) < 12):
            return {}
        event = Event.objects.filter(pk=int(asked), outside=False).first()
        if event is None:
            return {}
        return {
            "event": event.pk,
            "event_type": event.kind,
            "title": event.title,
            "begins": event.starts_on,
            "ends": event.ends_on,
            "place": event.place,
            "plan": event.programme,
            "head": event.host_id,
        }

    def clean(self):
        data = super().clean()
        data["event"] = getattr(data.get("event"), "pk", None)
        if data.get("event_type") not in (None, MONITORING) and not (data.get("title") or "").strip():
            self.add_error("title", "Напишите название")
        if data.get("begins") and data.get("ends") and data["ends"] < data["begins"]:
            self.add_error("ends", "Последний день не может быть раньше первого")
        return data
