"""The form of an order that releases a participant for an activity."""

from django import forms

from people.register.models import Person
from programs.program.models import Activity, Program
from reports.orders.drafting.typed_form import PersonField, TypedOrderForm, staff
from reports.orders.order_kinds.release.draft import Lesson, ReleaseDraft

LESSONS = 6


class ReleaseForm(TypedOrderForm):
    """Whom, for which event of which program, and who teaches each lesson instead (п. 1.4)."""

    activity = forms.ModelChoiceField(Activity.objects.none(), label="Мероприятие программы", empty_label="выберите")
    main = PersonField("Кого освободить", help_text="Участник этой программы")
    day = forms.DateField(label="Когда")
    starts = forms.TimeField(label="С какого часа", required=False)
    ends = forms.TimeField(label="До какого часа", required=False)
    reason = forms.CharField(
        label="Почему это исключительный случай", max_length=500, help_text="Продолжите: «в связи с тем, что …»"
    )
    draft_class = ReleaseDraft
    people = {"main": "main"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        running = Activity.objects.filter(program__state=Program.State.RUNNING).select_related("program")
        self.fields["activity"].queryset = running
        self.fields["activity"].label_from_instance = lambda a: f"«{a.program.title}» — {a.title}"
        people = staff()
        for n in range(LESSONS):
            self.fields[f"time_{n}"] = forms.CharField(label=f"Занятие {n + 1}, время", max_length=20, required=False)
            self.fields[f"what_{n}"] = forms.CharField(label="Класс, предмет", max_length=200, required=False)
            self.fields[f"who_{n}"] = PersonField("Кто проведёт", required=False)
            self.fields[f"who_{n}"].queryset = people
            for name in (f"time_{n}", f"what_{n}", f"who_{n}"):
                self.fields[name].quiet, self.fields[name].room = True, "third"

    @classmethod
    def initial_of(cls, proposal):
        found = super().initial_of(proposal)
        for n, lesson in enumerate(proposal.draft.lessons):
            found |= {f"time_{n}": lesson.time, f"what_{n}": lesson.what, f"who_{n}": lesson.substitute}
        return found

    def clean(self):
        data = super().clean()
        activity, person = data.get("activity"), data.get("main")
        if activity and person:
            sides = activity.program.pairing.participations.live().filter(person=person)
            if not sides.exists():
                self.add_error("main", f"{person.short_name} не участвует в программе «{activity.program.title}»")
        if bool(data.get("starts")) != bool(data.get("ends")):
            self.add_error("ends" if data.get("starts") else "starts", "Укажите и начало, и конец")
        for n in range(LESSONS):
            self._check_lesson(n, data, person)
        return data

    def _check_lesson(self, n: int, data: dict, person: Person | None) -> None:
        time, what, who = (data.get(f"{name}_{n}") for name in ("time", "what", "who"))
        if bool(time) != bool(what):
            self.add_error(f"what_{n}" if time else f"time_{n}", "Укажите и время, и занятие")
        elif who and not what:
            self.add_error(f"what_{n}", "Напишите, какое занятие он проведёт")
        elif what and person and who == person:
            self.add_error(f"who_{n}", "Замещает другой человек")

    def draft(self):
        data, activity = self.cleaned_data, self.cleaned_data["activity"]
        hours = {name: f"{data[name]:%H:%M}" if data.get(name) else "" for name in ("starts", "ends")}
        lessons = tuple(
            Lesson(data[f"time_{n}"], data[f"what_{n}"], data[f"who_{n}"].pk if data[f"who_{n}"] else None)
            for n in range(LESSONS)
            if data.get(f"what_{n}")
        )
        return ReleaseDraft(
            activity=activity.pk,
            event=activity.title,
            program=activity.program.title,
            day=data["day"],
            reason=data["reason"],
            lessons=lessons,
            **hours,
        )

    def persons(self):
        data = self.cleaned_data
        substitutes = [data[f"who_{n}"] for n in range(LESSONS) if data.get(f"who_{n}")]
        return super().persons() | {"substitute": substitutes}
