"""Forms of events."""

from typing import Any

from django import forms

from mentoring_site.evidence.fields import EvidenceField
from mentoring_site.forms import BaseForm, Many, OnceMixin, Segments, VersionedMixin
from people.promises import Promise
from people.register.fields import offer_people
from people.register.models import Person
from roadmap.events.audience import GROUPS
from roadmap.events.models import Event, Participant
from roadmap.events.series import MOST, STEPS
from roadmap.plan.models import Roadmap, Task

Audience, Kind = Event.Audience, Event.Kind
PEOPLE_BY_NAME = ("last_name", "first_name", "pk")


def staff() -> Any:
    """Return the people who work at the school, by name."""
    return Person.objects.at_work().order_by(*PEOPLE_BY_NAME)


class EventForm(BaseForm):
    """What, when, where, for whom, who answers for it."""

    kind = forms.ChoiceField(label="Вид", choices=[(kind.value, kind.label) for kind in Event.OWN_KINDS])
    title = forms.CharField(label="Название", max_length=200, help_text="Без кавычек: «Первый урок вместе»")
    starts_on = forms.DateField(label="День")
    ends_on = forms.DateField(label="Последний день", required=False, help_text="Если событие длится несколько дней")
    starts_at = forms.TimeField(label="Начало", required=False)
    ends_at = forms.TimeField(label="Окончание", required=False)
    place = forms.CharField(label="Где", max_length=200, required=False, help_text="Например: малый зал школы")
    link = forms.URLField(label="Ссылка для подключения", max_length=500, required=False, assume_scheme="https")
    host = forms.ModelChoiceField(Person.objects.none(), label="Ответственный", required=False)
    audience = forms.ChoiceField(
        label="Для кого",
        choices=Audience,
        help_text="Кого пригласить, видно по закреплённым парам и группам; остальных Вы добавите сами",
    )
    aim = forms.CharField(label="Для чего", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    programme = forms.CharField(
        label="Программа",
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Каждый пункт с новой строки, время отделите тире: «10:00 — Открытие»",
    )
    partners_words = forms.CharField(label="Партнёры", max_length=500, required=False)
    capacity = forms.IntegerField(
        label="Число мест",
        required=False,
        min_value=1,
        max_value=2000,
        help_text="Кому места не хватит, попадёт в лист ожидания",
    )
    hours = forms.DecimalField(
        label="Сколько часов засчитать участнику", required=False, min_value=0, max_value=999, decimal_places=1
    )
    task = forms.ModelChoiceField(
        Task.objects.none(),
        label="Мероприятие дорожной карты",
        required=False,
        help_text="Проведённое событие подтвердит, что оно сделано",
    )
    is_public = forms.BooleanField(
        label="Показать в афише на сайте",
        required=False,
        help_text="Посетитель увидит вид, название, день и место, но не людей",
    )

    def __init__(self, *args: Any, event: Event | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer_people(self, "host", staff())
        tasks = Task.objects.filter(stage__roadmap__state=Roadmap.State.APPROVED)
        if event and event.task_id:
            tasks = Task.objects.filter(pk=event.task_id) | tasks
        field: Any = self.fields["task"]
        field.queryset = tasks.select_related("stage").order_by("-stage__roadmap__school_year", "stage", "number")
        if event:
            self.initial = {name: getattr(event, name) for name in self.fields if hasattr(event, name)}

    def values(self) -> dict[str, Any]:
        """Return what ``acts.plan`` and ``acts.edit`` take."""
        own = set(EventForm.base_fields)
        return {name: value for name, value in self.cleaned_data.items() if name in own}


class NewEventForm(OnceMixin, EventForm):
    """A new event, perhaps one that repeats."""

    step = forms.ChoiceField(label="Повторять", choices=[("", "не повторять"), *STEPS.items()], required=False)
    times = forms.IntegerField(
        label="Сколько ещё раз", required=False, min_value=1, max_value=MOST, help_text=f"Не больше {MOST}"
    )
    conditional = {"times"}

    def __init__(self, *args: Any, user: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        first = {"host": user.person_id, "audience": Audience.MENTORS, "kind": Kind.SESSION}
        self.initial = {**first, **self.initial}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("step") and not data.get("times") and "times" not in self.errors:
            self.add_error("times", "Напишите, сколько ещё раз")
        return data


class EventEditForm(VersionedMixin, EventForm):
    """A change of an event; of one that repeats also of those that follow."""

    with_following = forms.BooleanField(
        label="Изменить и все следующие этого ряда",
        required=False,
        help_text="Дни у них останутся прежними",
    )

    def __init__(self, *args: Any, event: Event, following: int, **kwargs: Any):
        super().__init__(*args, event=event, **kwargs)
        self.initial["version"] = event.version
        if not following:
            del self.fields["with_following"]
        if event.outside:
            kinds: Any = self.fields["kind"]
            kinds.choices = [(kind.value, kind.label) for kind in Event.OUTSIDE_KINDS]
            for name in ("audience", "capacity", "is_public", "host", "partners_words"):
                del self.fields[name]


class OutsideForm(OnceMixin, BaseForm):
    """An event of others: what, when, where, at which level, who of the school takes part."""

    kind = forms.ChoiceField(label="Что это", choices=[(kind.value, kind.label) for kind in Event.OUTSIDE_KINDS])
    title = forms.CharField(label="Название", max_length=200, help_text="Без кавычек")
    level = forms.ChoiceField(label="Уровень", choices=Event.Level)
    organizer = forms.CharField(label="Кто проводит", max_length=300, required=False)
    starts_on = forms.DateField(label="Первый день")
    ends_on = forms.DateField(label="Последний день", required=False, help_text="Если день один, оставьте пустым")
    place = forms.CharField(label="Где", max_length=200, required=False, help_text="Город или «дистанционно»")
    link = forms.URLField(label="Страница события", max_length=500, required=False, assume_scheme="https")
    people = forms.ModelMultipleChoiceField(Person.objects.none(), label="Кто участвует", widget=Many)
    hours = forms.DecimalField(label="Часов", required=False, min_value=0, max_value=999, decimal_places=1)

    def __init__(self, *args: Any, for_others: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial = {"level": Event.Level.REGION, **self.initial}
        if for_others:
            offer_people(self, "people", staff())
        else:
            del self.fields["people"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("place") and not data.get("link") and "link" not in self.errors:
            self.add_error("place", "Напишите, где оно проходит, или дайте ссылку")
        return data

    def values(self) -> dict[str, Any]:
        """Return what ``outside.record_outside`` takes besides the people."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("people", "request_key")}


class InviteForm(BaseForm):
    """Whom to put on the list: groups of the school, people one by one."""

    groups = forms.MultipleChoiceField(
        label="Группы",
        choices=[(code, words) for code, (words, _) in GROUPS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    people = forms.ModelMultipleChoiceField(Person.objects.none(), label="Люди", required=False, widget=Many)
    part = forms.ChoiceField(label="В каком качестве", choices=Participant.Part, widget=forms.RadioSelect)

    def __init__(self, *args: Any, event: Event, **kwargs: Any):
        super().__init__(*args, **kwargs)
        known = event.participants.values("person")
        offer_people(self, "people", staff().exclude(pk__in=known).exclude(pk=event.host_id))
        self.initial = {"part": Participant.Part.LISTENER}
        if not event.is_speed:
            field: Any = self.fields["part"]
            field.choices = [choice for choice in Participant.Part.choices if choice[0] != Participant.Part.MENTOR]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("groups") and not data.get("people") and not self.errors:
            raise forms.ValidationError("Отметьте группу или хотя бы одного человека")
        return data


class CameForm(BaseForm):
    """Who came without standing on the list."""

    people = forms.ModelMultipleChoiceField(Person.objects.none(), label="Кто ещё пришёл", widget=Many)

    def __init__(self, *args: Any, event: Event, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer_people(self, "people", staff().exclude(pk__in=event.participants.values("person")))


class SheetForm(BaseForm):
    """A signed sheet taken over: who has signed."""

    present = forms.ModelMultipleChoiceField(
        Participant.objects.none(), label="Кто расписался", required=False, widget=Many
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["present"]
        field.queryset = event.participants.select_related("person")
        self.initial = {"present": list(event.participants.present().values_list("pk", flat=True))}


class CancelForm(BaseForm):
    """Why an event is cancelled."""

    reason = forms.CharField(
        label="Почему", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="Прочтут приглашённые"
    )


class HoldForm(BaseForm):
    """What came of an event, in a few sentences."""

    results = forms.CharField(label="Итоги", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}))


class NotesForm(VersionedMixin, BaseForm):
    """What was discussed and decided, what came of it."""

    discussed = forms.CharField(
        label="Обсудили", max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    decisions = forms.CharField(
        label="Решили",
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Каждое решение с новой строки: кто, что, к какому дню",
    )
    results = forms.CharField(label="Итоги", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, event: Event, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(event, name) for name in self.fields}


class ParticularsForm(BaseForm):
    """What one participant brings: the part, hours, the document, what was brought home."""

    part = forms.ChoiceField(label="В каком качестве", choices=Participant.Part, widget=Segments)
    hours = forms.DecimalField(label="Часов", required=False, min_value=0, max_value=999, decimal_places=1)
    document = forms.CharField(
        label="Документ", max_length=200, required=False, help_text="«сертификат № 18 от 14.11.2026»"
    )
    brought_home = forms.CharField(
        label="Что пригодится школе",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=Promise.BROUGHT_HOME.sentence,
    )
    evidence = EvidenceField(label="Копия документа")

    def __init__(self, *args: Any, row: Participant, keeps: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(row, name) for name in ("part", "hours", "document", "brought_home")}
        field: Any = self.fields["part"]
        field.choices = [
            choice for choice in Participant.Part.choices if choice[0] != Participant.Part.MENTOR or row.event.is_speed
        ]
        if not keeps:
            del self.fields["part"], self.fields["hours"]


class OutcomeForm(BaseForm):
    """What a meeting of speed mentoring gave, and what is next."""

    outcome = forms.CharField(
        label="Что дала встреча",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=Promise.SPEED_OUTCOME.sentence,
    )
    next_step = forms.ChoiceField(label="Что дальше", choices=Participant.Next, widget=forms.RadioSelect)
    next_words = forms.CharField(
        label="Цель и срок", max_length=500, required=False, help_text="«до весны подготовить открытый урок»"
    )

    def __init__(self, *args: Any, row: Participant, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(row, name) for name in ("outcome", "next_step", "next_words")}


class RepeatForm(BaseForm):
    """How an event repeats."""

    step = forms.ChoiceField(label="Как часто", choices=list(STEPS.items()), widget=forms.RadioSelect)
    times = forms.IntegerField(label="Сколько ещё раз", min_value=1, max_value=MOST, initial=3)
