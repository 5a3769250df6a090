"""The form of an order that releases a participant for an activity."""

from django import forms
from django.urls import reverse
from django.utils import timezone

from mentoring_site.workflow import Complaint
from people.register.models import Person
from programs.program.models import Activity, Program
from reports.orders.drafting.typed_form import FormPart, PersonField, TypedOrderForm, staff
from reports.orders.order_kinds.release.draft import (
    BY_LAW,
    FITTING,
    KEPT,
    PAY,
    REPLACING,
    Lesson,
    ReleaseDraft,
    Substitution,
)

LESSONS, SUBSTITUTES = 6, 4
OF_LESSON = ("day", "time", "what", "place", "who", "moved")
OF_SUBSTITUTE = ("sub", "replacing", "consent", "pay", "amount")


def _of(names: tuple[str, ...], n: int) -> tuple[str, ...]:
    return tuple(f"{name}_{n}" for name in names)


class ReleaseForm(TypedOrderForm):
    """Whom, for which event of which program, who teaches each lesson instead and on what terms (п. 1.4; ТК 60.2)."""

    activity = forms.ModelChoiceField(Activity.objects.none(), label="Мероприятие программы", empty_label="выберите")
    main = PersonField("Кого освободить", help_text="Участник этой программы")
    day = forms.DateField(label="Когда")
    until = forms.DateField(label="По какой день", required=False, help_text="Если дольше одного дня")
    starts = forms.TimeField(label="С какого часа", required=False)
    ends = forms.TimeField(label="До какого часа", required=False)
    reason = forms.CharField(
        label="Почему это исключительный случай", max_length=500, help_text="Продолжите: «в связи с тем, что …»"
    )
    kept = forms.ChoiceField(
        label="Оплата на это время", choices=[(code, words) for code, words in KEPT.items()], widget=forms.RadioSelect
    )
    no_lessons = forms.BooleanField(label="Занятий в это время нет, замещать некого", required=False)
    head = PersonField(
        "Кто подтвердил, что учебный процесс не прервётся",
        required=False,
        help_text="Заведующий отделением или заместитель директора",
    )
    continuity_on = forms.DateField(label="Когда подтвердил", required=False)
    draft_class = ReleaseDraft
    people = {"main": "main", "head": "head"}
    conditional = {"head", "continuity_on"}
    parts = (
        FormPart("", ("activity", "main", "day", "until", "starts", "ends", "reason", "kept")),
        FormPart("Какие занятия затронуты и кто их проведёт", ("no_lessons", *_of(OF_LESSON, 0))),
        *[FormPart(f"Занятие {n + 1}", _of(OF_LESSON, n), folded=True) for n in range(1, LESSONS)],
        FormPart("На каких условиях замещают", _of(OF_SUBSTITUTE, 0)),
        *[
            FormPart(f"Ещё один замещающий ({n + 1})", _of(OF_SUBSTITUTE, n), folded=True)
            for n in range(1, SUBSTITUTES)
        ],
        FormPart("Непрерывность учебного процесса", ("head", "continuity_on")),
    )

    @classmethod
    def closed(cls) -> Complaint | None:
        """Nobody is released but for an activity of a running program."""
        if Activity.objects.filter(program__state=Program.State.RUNNING).exists():
            return None
        return Complaint("Программ, которые уже идут, пока нет", "", reverse("programs:programs"), "Программы")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        running = Activity.objects.filter(program__state=Program.State.RUNNING).select_related("program")
        self.fields["activity"].queryset = running
        self.fields["activity"].label_from_instance = lambda a: f"«{a.program.title}» — {a.title}"
        people = staff()
        for n in range(LESSONS):
            self._add_rows(_lesson_fields(n), people)
        for n in range(SUBSTITUTES):
            self._add_rows(_substitute_fields(n), people)

    def _add_rows(self, made: dict[str, forms.Field], people) -> None:
        for name, field in made.items():
            self.fields[name] = field
            self.prepare(name, field)
            field.quiet = True
            if isinstance(field, PersonField):
                field.queryset = people
            elif not isinstance(field.widget, forms.RadioSelect):
                field.room = "third"

    @classmethod
    def initial_of(cls, proposal):
        found = super().initial_of(proposal)
        for n, row in enumerate(proposal.draft.lessons):
            found |= dict(
                zip(
                    _of(OF_LESSON, n),
                    (row.day, row.time, row.what, row.place, row.substitute, row.moved_to),
                    strict=True,
                )
            )
        for n, row in enumerate(proposal.draft.substitutions):
            values = (row.person, row.replacing, row.consent_on, row.pay, row.amount)
            found |= dict(zip(_of(OF_SUBSTITUTE, n), values, strict=True))
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
        if data.get("day") and data.get("until") and data["until"] < data["day"]:
            self.add_error("until", "Последний день не может быть раньше первого")
        for n in range(LESSONS):
            self._check_lesson(n, data, person)
        seen: set[Person] = set()
        for n in range(SUBSTITUTES):
            self._check_substitute(n, data, seen)
        if data.get("head") and data["head"] == person:
            self.add_error("head", "Непрерывность подтверждает другой человек, а не тот, кого освобождают")
        if data.get("no_lessons") and any(data.get(f"what_{n}") for n in range(LESSONS)):
            self.add_error("no_lessons", "Ниже названы занятия: снимите отметку или уберите их")
        return data

    def _check_lesson(self, n: int, data: dict, person: Person | None) -> None:
        day, time, what, place, who, moved = (data.get(name) for name in _of(OF_LESSON, n))
        if bool(time) != bool(what):
            self.add_error(f"what_{n}" if time else f"time_{n}", "Укажите и время, и занятие")
        elif (who or place or day or moved) and not what:
            self.add_error(f"what_{n}", "Напишите, какое это занятие")
        elif what and person and who == person:
            self.add_error(f"who_{n}", "Замещает другой человек")
        elif who and moved:
            self.add_error(f"moved_{n}", "Либо занятие проводит другой, либо оно перенесено")
        first, last = data.get("day"), data.get("until") or data.get("day")
        if day and first and not first <= day <= last:
            self.add_error(f"day_{n}", "В этот день человек не освобождён")

    def _check_substitute(self, n: int, data: dict, seen: set[Person]) -> None:
        person, replacing, consent, pay, amount = (data.get(name) for name in _of(OF_SUBSTITUTE, n))
        if person in seen:
            self.add_error(f"sub_{n}", "Этот человек уже назван выше")
        elif person:
            seen.add(person)
        elif replacing or consent or pay or amount:
            self.add_error(f"sub_{n}", "Выберите, о ком это")
        if consent and consent > timezone.localdate():
            self.add_error(f"consent_{n}", "Согласие не может быть дано будущим числом")
        if replacing and pay and pay not in FITTING[replacing]:
            fitting = " или ".join(f"«{PAY[code]}»" for code in FITTING[replacing])
            self.add_error(f"pay_{n}", f"При такой замене выберите {fitting}")
        elif pay and pay != BY_LAW and not amount and not self.has_error(f"amount_{n}"):
            self.add_error(f"amount_{n}", "Напишите размер")

    def draft(self):
        data, activity = self.cleaned_data, self.cleaned_data["activity"]
        starts, ends = (f"{data[name]:%H:%M}" if data.get(name) else "" for name in ("starts", "ends"))
        plain = {name: data[name] for name in ("day", "until", "reason", "no_lessons", "kept", "continuity_on")}
        return ReleaseDraft(
            activity=activity.pk,
            event=activity.title,
            program=activity.program.title,
            lessons=tuple(self._lessons()),
            substitutions=tuple(self._substitutions()),
            starts=starts,
            ends=ends,
            **plain,
        )

    def _lessons(self):
        for n in range(LESSONS):
            day, time, what, place, who, moved = (self.cleaned_data[name] for name in _of(OF_LESSON, n))
            if what:
                yield Lesson(time, what, who.pk if who else None, day, place, moved)

    def _substitutions(self):
        for n in range(SUBSTITUTES):
            person, replacing, consent, pay, amount = (self.cleaned_data[name] for name in _of(OF_SUBSTITUTE, n))
            if person:
                size = "" if amount is None or pay == BY_LAW else f"{amount.normalize():f}"
                yield Substitution(person.pk, replacing, consent, pay, size)

    def persons(self):
        data = self.cleaned_data
        named = [data[f"who_{n}"] for n in range(LESSONS)] + [data[f"sub_{n}"] for n in range(SUBSTITUTES)]
        return super().persons() | {"substitute": [p for p in named if p]}


def _lesson_fields(n: int) -> dict[str, forms.Field]:
    one = f"Занятие {n + 1}:"
    made: tuple[forms.Field, ...] = (
        forms.DateField(label=f"{one} день", required=False, help_text="Если не тот же"),
        forms.CharField(label=f"{one} время", max_length=20, required=False, help_text="10:00–10:45"),
        forms.CharField(label=f"{one} класс, предмет", max_length=200, required=False, help_text="3 класс, сольфеджио"),
        forms.CharField(label=f"{one} место", max_length=100, required=False, help_text="каб. 12"),
        PersonField(f"{one} кто проведёт", required=False),
        forms.DateField(label=f"{one} или перенести на", required=False),
    )
    return dict(zip(_of(OF_LESSON, n), made, strict=True))


def _substitute_fields(n: int) -> dict[str, forms.Field]:
    replacing = [("", "не выбрано"), *((code, row.label) for code, row in REPLACING.items())]
    made: tuple[forms.Field, ...] = (
        PersonField(f"Замещающий {n + 1}" if n else "Замещающий", required=False),
        forms.ChoiceField(label="Как замещает", choices=replacing, required=False),
        forms.DateField(label="Письменное согласие от", required=False, help_text="Бумага хранится у кадров"),
        forms.ChoiceField(label="Оплата", choices=[("", "не выбрано"), *PAY.items()], required=False),
        forms.DecimalField(
            label="Размер",
            required=False,
            min_value=0,
            max_digits=9,
            decimal_places=2,
            localize=True,
            help_text="10 или 350",
        ),
    )
    return dict(zip(_of(OF_SUBSTITUTE, n), made, strict=True))
