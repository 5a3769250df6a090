"""Forms of an engagement: whom and for which activity, hours (п. 4.1)."""

from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, DateInput, OnceMixin
from people.register.models import Employment, Person
from people.school.models import Organisation
from programs.changes.forms import allow_no_future
from programs.program.models import Activity
from programs.requests.forms import RequestForm
from programs.requests.kinds.engaging.acts import LONGEST, SHORTEST


class EngagingForm(RequestForm):
    """An activity of the program, a teacher of the school who does not take part in it, and what is asked."""

    activity = forms.ModelChoiceField(Activity.objects.none(), label="Мероприятие", empty_label="выберите")
    teacher = forms.ModelChoiceField(Person.objects.none(), label="Кого просите", empty_label="выберите")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        program, pairing = self.subject.program, self.subject.pairing
        assert program is not None and pairing is not None  # the kind is about a program
        jobs = Employment.objects.current().filter(is_teaching=True, organisation__kind=Organisation.Kind.OWN)
        others = Person.objects.filter(pk__in=jobs.values("person"))
        self.fields["teacher"].queryset = others.exclude(pk__in=[p.person_id for p in pairing.people])
        self.fields["teacher"].label_from_instance = lambda person: person.full_name
        self.fields["activity"].queryset = program.activities.all()
        self.order_fields(["activity", "teacher", "text"])

    def whom(self) -> Person | None:
        return self.cleaned_data["teacher"]

    def columns(self) -> dict[str, Any]:
        activity = self.cleaned_data["activity"]
        return {"activity": activity, "about": f"мероприятие «{activity.title}»"[:300]}


class WorkForm(OnceMixin, BaseForm):
    """Hours of the engaged teacher."""

    held_on = forms.DateField(label="Дата", widget=DateInput, initial=timezone.localdate)
    minutes = forms.IntegerField(label="Сколько минут", min_value=SHORTEST, max_value=LONGEST, initial=45)
    about = forms.CharField(label="Что сделано", max_length=500)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        allow_no_future(self.fields["held_on"])
