"""Forms of planned meetings."""

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, Segments, VersionedMixin
from people.accounts.models import User
from people.promises import Promise
from programs.journal.acts import LONGEST, LONGEST_OBJECTION, MINUTES, SHORTEST
from programs.journal.models import Meeting
from programs.journal.planning.acts import LONGEST_REASON
from programs.pairings.models import Participation
from programs.program.models import Activity, Program

ONCE, WEEKLY, FORTNIGHTLY = "0", "1", "2"


def _full_name(participation: Participation) -> str:
    return participation.person.full_name


class TimeForm(BaseForm):
    """When, how long, how and about what."""

    held_on = forms.DateField(label="Когда")
    starts_at = forms.TimeField(label="Начало", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label="Сколько минут", min_value=SHORTEST, max_value=LONGEST, initial=MINUTES[1])
    format = forms.ChoiceField(
        label="Как встретитесь", choices=Meeting.Format.choices, widget=Segments, initial=Meeting.Format.TOGETHER
    )
    about = forms.CharField(
        label="О чём, где", max_length=500, required=False, help_text="Например: класс 12, разбор пьесы"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["held_on"].widget.attrs |= {"min": today.isoformat()}


class PlanForm(TimeForm):
    """A meeting or a series to be planned."""

    weeks = forms.TypedChoiceField(
        label="Повторять",
        coerce=int,
        choices=[(ONCE, "один раз"), (WEEKLY, "каждую неделю"), (FORTNIGHTLY, "через неделю")],
        widget=Segments,
        initial=ONCE,
    )
    until = forms.DateField(
        label="До какого дня повторять",
        required=False,
        help_text="Не указано — до конца программы. Выходные, праздники и приостановления пропускаются",
    )
    activity = forms.ModelChoiceField(
        Activity.objects.none(), label="Мероприятие плана", required=False, empty_label="вне плана"
    )
    participants = forms.ModelMultipleChoiceField(
        Participation.objects.none(), label="Кого позвать", widget=forms.CheckboxSelectMultiple
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, program: Program, **kwargs):
        super().__init__(*args, **kwargs)
        self.everybody = [p for p in program.pairing.people if p.until is None]
        field = self.fields["participants"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        if len(self.everybody) <= 2:
            del self.fields["participants"]
        else:
            field.queryset = program.pairing.participations.live().select_related("person")
            field.label_from_instance = _full_name  # type: ignore[method-assign,assignment]
            field.initial = self.everybody
        self.fields["activity"].queryset = program.activities.all()
        self.fields["held_on"].initial = timezone.localdate() + timedelta(days=7)
        self.fields["request_key"].initial = uuid4
        self.order_fields(
            ["held_on", "starts_at", "minutes", "weeks", "until", "format", "about", "activity", "participants"]
        )

    def attended(self) -> list[Participation]:
        """Return who is asked to come: the two of a pair, or those marked."""
        return list(self.cleaned_data.get("participants") or self.everybody)


class AgendaForm(VersionedMixin, BaseForm):
    """The points of a planned meeting, a line each."""

    agenda = forms.CharField(
        label="О чём поговорить", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args, meeting: Meeting, points: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.initial = {"agenda": "\n".join(points), "version": meeting.version}
        readers = Promise.ENTRY.named(meeting.readers)
        self.fields[
            "agenda"
        ].help_text = f"Каждый пункт с новой строки. Пустое поле вернёт то, что предлагает система. {readers}"


class MoveForm(VersionedMixin, TimeForm):
    """Another day or time of a planned meeting."""

    def __init__(self, *args, meeting: Meeting, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        names = ("held_on", "starts_at", "minutes", "format", "about", "version")
        if not meeting.is_read_by(user):
            del self.fields["about"]
        self.initial = {name: getattr(meeting, name) for name in names}


class CancelForm(BaseForm):
    """Why a planned meeting will not be."""

    reason = forms.CharField(label="Почему", max_length=LONGEST_REASON, help_text="Прочтут те, кого позвали")
    following = forms.BooleanField(label="Отменить и следующие встречи этой серии", required=False)

    def __init__(self, *args, several: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not several:
            del self.fields["following"]


class UnsuitableForm(BaseForm):
    """The time does not suit: which does."""

    reason = forms.CharField(
        label="Какое время подходит",
        max_length=LONGEST_OBJECTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Например: в среду после 16 часов. Прочтут те, кто видит эту встречу",
    )
