"""Forms of what orders are about when it is typed with them; each gives ``particulars()`` for ``orders.propose``."""

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, Many
from mentoring_site.russian import NBSP, quoted, rudate, rushort
from people.register.models import Person
from people.roles.holders import holder
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.program.models import Activity
from reports.orders.models import Order
from reports.orders.order_kinds.event import SORTS
from reports.orders.order_kinds.incentive import MEASURES
from reports.orders.order_kinds.relief import stops_pay
from roadmap.plan.models import Roadmap
from roadmap.regulation.acts import SHORTEST
from roadmap.regulation.models import Regulation

LESSONS = 6


def staff():
    """Return those who work in the school today."""
    today = timezone.localdate()
    own = Person.objects.filter(employments__organisation__kind="own", copied=False)
    return own.exclude(employments__until__lt=today).distinct().order_by("search")


class PersonField(forms.ModelChoiceField):
    """One person of the staff, full name with the post."""

    def __init__(self, label, **kwargs):
        empty = "выберите" if kwargs.get("required", True) else "не выбрано"
        super().__init__(staff().none(), label=label, empty_label=empty, **kwargs)

    def label_from_instance(self, person):
        return person.full_name


class PeopleField(forms.ModelMultipleChoiceField):
    """Several persons of the staff."""

    def __init__(self, label, **kwargs):
        super().__init__(staff().none(), label=label, widget=Many, **kwargs)

    def label_from_instance(self, person):
        return person.full_name


class ProposalForm(BaseForm):
    """Parent of all: a hidden key against double presses, and persons to choose from."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    dates: tuple = ()
    plain: tuple = ()
    people: dict = {}  # part -> field
    council = False

    def __init__(self, *args, proposal=None, version=None, **kwargs):
        initial = (self.known(proposal) if proposal else {}) | {"version": version}
        super().__init__(*args, initial={"request_key": uuid4(), **initial, **kwargs.pop("initial", {})}, **kwargs)
        people = staff()
        for field in self.fields.values():
            if isinstance(field, PersonField | PeopleField):
                field.queryset = people

    @classmethod
    def known(cls, proposal) -> dict:
        """Return the initial values of a proposal that is being changed."""
        found = {name: proposal.facts.get(name) for name in (*cls.plain, *cls.dates)}
        for part, name in cls.people.items():
            persons = [p.pk for p in proposal.people_as(part)]
            found[name] = persons if isinstance(cls.base_fields[name], PeopleField) else next(iter(persons), None)
        return found | {"minutes_number": proposal.minutes_number, "minutes_date": proposal.minutes_date}

    def clean(self):
        data = super().clean()
        if self.council and bool(data.get("minutes_number")) != bool(data.get("minutes_date")):
            name = "minutes_date" if data.get("minutes_number") else "minutes_number"
            if name not in self.errors:
                self.add_error(name, "Укажите и номер, и дату протокола")
        return data

    def facts(self) -> dict:
        """Return the particulars as they are kept: dates as ISO."""
        data = self.cleaned_data
        dates = {name: str(data[name]) for name in self.dates if data.get(name)}
        return {name: data.get(name) for name in self.plain} | dates

    def particulars(self) -> dict:
        """Return what ``orders.propose`` takes."""
        data, people = self.cleaned_data, {}
        for part, name in self.people.items():
            chosen = data.get(name)
            people[part] = list(chosen) if isinstance(self.fields[name], PeopleField) else [chosen] if chosen else []
        found = {"facts": self.facts(), "people": people}
        if self.council:
            found |= {"minutes_number": data.get("minutes_number") or "", "minutes_date": data.get("minutes_date")}
        return found


class CuratorForm(ProposalForm):
    """Whom, from when, instead of whom (п. 3.3, 3.4)."""

    main = PersonField("Кого назначить куратором", help_text="Из числа заместителей директора (п. 3.4 Положения)")
    since = forms.DateField(label="С какого дня")
    until = forms.DateField(label="По какой день", required=False, help_text="Если не указано — без срока")
    former = PersonField("Кого освободить от обязанностей куратора", required=False)
    dates = ("since", "until")
    people = {"main": "main", "former": "former"}

    def __init__(self, *args, **kwargs):
        now = holder("curator")
        initial = {"since": timezone.localdate(), "former": now.pk if now else None} if "proposal" not in kwargs else {}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self):
        data = super().clean()
        if data.get("main") and data.get("main") == data.get("former"):
            self.add_error("former", "Назначить и освободить одного и того же человека нельзя")
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", "Последний день не может быть раньше первого")
        return data


class RegulationForm(ProposalForm):
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
    minutes_number = forms.CharField(
        label="Протокол педагогического совета №",
        max_length=30,
        required=False,
        help_text="Если устав требует решения совета",
    )
    minutes_date = forms.DateField(label="Протокол от", required=False)
    dates = ("since",)
    plain = ("text", "roadmap")
    people = {"main": "main"}
    council = True

    def __init__(self, *args, **kwargs):
        initial = {}
        if "proposal" not in kwargs:
            now = Regulation.objects.filter(state="approved").first()
            initial = {"text": now.text if now else "", "since": timezone.localdate()}
        super().__init__(*args, initial=initial, **kwargs)
        ready = Roadmap.objects.filter(state="submitted")
        self.fields["roadmap"].choices = [("", "нет"), *((r.pk, str(r)) for r in ready)]


class IncentiveForm(ProposalForm):
    """Whom, by which measure, for what, on which proposal of the council (п. 3.5)."""

    main = PeopleField("Кого поощрить")
    measure = forms.ChoiceField(label="Как", choices=[(code, words[0]) for code, words in MEASURES.items()])
    merit = forms.CharField(
        label="За что", max_length=500, help_text="Начните с «за»: за результативную работу наставником"
    )
    amount = forms.CharField(
        label="Размер премии",
        max_length=200,
        required=False,
        help_text="Словами, как войдёт в приказ: «в размере 5 000 рублей»",
    )
    minutes_number = forms.CharField(
        label="Предложение методического совета: протокол №", max_length=30, required=False
    )
    minutes_date = forms.DateField(label="Протокол от", required=False)
    plain = ("measure", "merit", "amount")
    people = {"main": "main"}
    council = True
    conditional = {"amount"}

    def clean(self):
        data = super().clean()
        if data.get("measure") == "bonus" and not data.get("amount"):
            self.add_error("amount", "Напишите размер премии")
        return data


class EventForm(ProposalForm):
    """What, when, where, who answers for it (п. 3.4, roadmap stage 6)."""

    sort = forms.ChoiceField(label="Что проводится", choices=[(code, words[0]) for code, words in SORTS.items()])
    title = forms.CharField(
        label="Название",
        max_length=200,
        required=False,
        help_text="Для конференции, круглого стола и семинара, без кавычек",
    )
    begins = forms.DateField(label="Первый день")
    ends = forms.DateField(label="Последний день")
    place = forms.CharField(label="Место", max_length=200, required=False)
    head = PersonField("Ответственный")
    member = PeopleField("Рабочая группа или организационный комитет", required=False)
    plan = forms.CharField(
        label="Программа",
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Каждый пункт с новой строки, время отделите тире: «10:00 — Открытие»",
    )
    plain = ("sort", "title", "place", "plan")
    people = {"head": "head", "member": "member"}
    conditional = {"title"}

    @classmethod
    def known(cls, proposal):
        return super().known(proposal) | {"begins": proposal.facts["from"], "ends": proposal.facts["to"]}

    def clean(self):
        data = super().clean()
        if data.get("sort") not in (None, "monitoring") and not (data.get("title") or "").strip():
            self.add_error("title", "Напишите название")
        if data.get("begins") and data.get("ends") and data["ends"] < data["begins"]:
            self.add_error("ends", "Последний день не может быть раньше первого")
        return data

    def facts(self):
        return super().facts() | {"from": str(self.cleaned_data["begins"]), "to": str(self.cleaned_data["ends"])}


class AssociationForm(ProposalForm):
    """The head and the members (п. 3.4)."""

    head = PersonField("Руководитель объединения")
    member = PeopleField("Члены объединения")
    people = {"head": "head", "member": "member"}


class ReleaseForm(ProposalForm):
    """Whom, for which event of which programme, and who teaches each lesson instead (п. 1.4)."""

    activity = forms.ModelChoiceField(Activity.objects.none(), label="Мероприятие программы", empty_label="выберите")
    main = PersonField("Кого освободить", help_text="Участник этой программы")
    day = forms.DateField(label="Когда")
    starts = forms.TimeField(label="С какого часа", required=False)
    ends = forms.TimeField(label="До какого часа", required=False)
    reason = forms.CharField(
        label="Почему это исключительный случай", max_length=500, help_text="Продолжите: «в связи с тем, что …»"
    )
    plain = ("reason",)
    dates = ("day",)
    people = {"main": "main"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        running = Activity.objects.filter(program__state="running").select_related("program")
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
    def known(cls, proposal):
        found = super().known(proposal) | {name: proposal.facts.get(name) for name in ("activity", "starts", "ends")}
        for n, lesson in enumerate(proposal.facts["lessons"]):
            found |= {f"time_{n}": lesson["time"], f"what_{n}": lesson["what"], f"who_{n}": lesson["substitute"]}
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
            time, what = data.get(f"time_{n}"), data.get(f"what_{n}")
            if bool(time) != bool(what):
                self.add_error(f"what_{n}" if time else f"time_{n}", "Укажите и время, и занятие")
            elif data.get(f"who_{n}") and not what:
                self.add_error(f"what_{n}", "Напишите, какое занятие он проведёт")
            elif what and person and data.get(f"who_{n}") == person:
                self.add_error(f"who_{n}", "Замещает другой человек")
        return data

    def _lessons(self):
        data = self.cleaned_data
        return [
            {
                "time": data[f"time_{n}"],
                "what": data[f"what_{n}"],
                "substitute": data[f"who_{n}"].pk if data[f"who_{n}"] else None,
            }
            for n in range(LESSONS)
            if data.get(f"what_{n}")
        ]

    def facts(self):
        data = self.cleaned_data
        hours = {name: f"{data[name]:%H:%M}" if data.get(name) else "" for name in ("starts", "ends")}
        activity = data["activity"]
        more = {
            "activity": activity.pk,
            "event": activity.title,
            "program": activity.program.title,
            "lessons": self._lessons(),
        }
        return super().facts() | hours | more

    def particulars(self):
        found = super().particulars()
        found["people"]["substitute"] = [
            self.cleaned_data[f"who_{n}"] for n in range(LESSONS) if self.cleaned_data.get(f"who_{n}")
        ]
        return found


class ChangeForm(ProposalForm):
    """Which order is changed or ends, why and how."""

    base = forms.ModelChoiceField(Order.objects.none(), label="Какой приказ", empty_label="выберите")
    whole = forms.TypedChoiceField(
        label="Что сделать",
        coerce=lambda v: v == "yes",
        choices=[("no", "внести изменения"), ("yes", "признать утратившим силу")],
        widget=forms.RadioSelect,
        initial="no",
    )
    text = forms.CharField(
        label="Изменения",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Каждое с новой строки: «пункт 2 изложить в следующей редакции: „…“»",
    )
    reason = forms.CharField(
        label="Основание", max_length=500, help_text="Например: «в связи с изменением состава группы»"
    )
    plain = ("whole", "text", "reason")
    conditional = {"text"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["base"].queryset = Order.objects.filter(state="registered").order_by("-date", "-number")
        self.fields["base"].label_from_instance = lambda o: (
            f"от {rushort(o.date)} №{NBSP}{o.full_number} {quoted(o.heading)}"
        )

    @classmethod
    def known(cls, proposal):
        return super().known(proposal) | {"base": proposal.base_id, "whole": "yes" if proposal.facts["whole"] else "no"}

    def clean(self):
        data = super().clean()
        if data.get("whole") is False and not (data.get("text") or "").strip() and "text" not in self.errors:
            self.add_error("text", "Напишите, что меняется")
        return data

    def particulars(self):
        base = self.cleaned_data["base"]
        readers = [a.person for a in base.acquaintances.select_related("person")]
        return super().particulars() | {"base": base, "people": {"member": readers}}


class ReliefForm(ProposalForm):
    """Which notices the order records (п. 4.1; ТК 351.8)."""

    notices = forms.ModelMultipleChoiceField(
        Notice.objects.none(), label="Уведомления", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = kwargs["proposal"].facts["notices"] if kwargs.get("proposal") else []
        waiting = Notice.objects.awaiting_order() | Notice.objects.filter(pk__in=known)
        self.fields["notices"].queryset = waiting.select_related("person", "agreement").order_by("received_on", "pk")
        self.fields["notices"].label_from_instance = lambda n: (
            f"{n.person.full_name}: {n.get_giver_display()}, последний день {rudate(n.effective_on)}"
        )

    @classmethod
    def known(cls, proposal):
        return super().known(proposal) | {"notices": proposal.facts["notices"]}

    def particulars(self):
        chosen = list(self.cleaned_data["notices"])
        facts = {"notices": [n.pk for n in chosen], "stops": [n.pk for n in chosen if stops_pay(n)]}
        return {"facts": facts, "people": {"main": [n.person for n in chosen]}}


def _agreement(a) -> str:
    """«Мельник Ольга Львовна: от 01.09.2026 № 14, приказа ещё нет»."""
    paid = f"установлена приказом №{NBSP}{a.order_number}" if a.order_number else "приказа ещё нет"
    return f"{a.person.full_name}: от {rushort(a.signed_on)} №{NBSP}{a.number}, {paid}"


class PayForm(ProposalForm):
    """By which signed agreements pay is set or stopped (ТК 351.8)."""

    stop = forms.TypedChoiceField(
        label="Что сделать",
        coerce=lambda v: v == "yes",
        choices=[("no", "установить выплату"), ("yes", "прекратить выплату")],
        widget=forms.RadioSelect,
        initial="no",
    )
    agreements = forms.ModelMultipleChoiceField(
        MentorAgreement.objects.none(), label="Соглашения", widget=forms.CheckboxSelectMultiple
    )
    last = forms.DateField(
        label="Последний день выплаты",
        required=False,
        help_text="Если выплату прекращают раньше, чем по соглашению: например, на время замены наставника",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        signed = MentorAgreement.objects.filter(kind="agreement", signed_on__isnull=False, stop_number="")
        paid = signed.filter(pay_kind__in=["percent", "sum"]).select_related("person")
        self.fields["agreements"].queryset = paid.order_by("signed_on", "pk")
        self.fields["agreements"].label_from_instance = _agreement

    @classmethod
    def known(cls, proposal):
        facts = proposal.facts
        known = {"agreements": facts["agreements"], "stop": "yes" if facts["stop"] else "no"}
        return super().known(proposal) | known | {"last": facts.get("earlier")}

    def clean(self):
        data = super().clean()
        if "stop" in data:
            chosen = data.get("agreements") or ()
            if wrong := [a.person.short_name for a in chosen if bool(a.order_number) != data["stop"]]:
                what = "выплата ещё не установлена" if data["stop"] else "выплата уже установлена"
                self.add_error("agreements", f"{', '.join(wrong)}: {what}")
            if data.get("last") and (message := _wrong_last(chosen, data["last"], data["stop"])):
                self.add_error("last", message)
        return data

    def particulars(self):
        chosen = list(self.cleaned_data["agreements"])
        earlier = self.cleaned_data["last"] if self.cleaned_data["stop"] else None
        last = {str(a.pk): str(earlier or a.paid_through) for a in chosen}
        facts = {"agreements": [a.pk for a in chosen], "stop": self.cleaned_data["stop"], "last": last}
        facts["earlier"] = str(earlier) if earlier else None
        return {"facts": facts, "people": {"main": [a.person for a in chosen]}}


def _wrong_last(chosen, last, stops) -> str:
    """Return why pay by these agreements cannot be stopped with this last day, or an empty string."""
    if not stops:
        return "Последний день указывают, когда выплату прекращают"
    if late := [a.person.short_name for a in chosen if a.paid_through and last > a.paid_through]:
        return f"{', '.join(late)}: выплата кончается раньше этого дня"
    if early := [a.person.short_name for a in chosen if a.pay_from and last < a.pay_from - timedelta(days=1)]:
        return f"{', '.join(early)}: выплата к этому дню ещё не началась"
    return ""


FORMS = {
    form.__name__: form
    for form in (
        CuratorForm,
        RegulationForm,
        IncentiveForm,
        EventForm,
        AssociationForm,
        ReleaseForm,
        ChangeForm,
        ReliefForm,
        PayForm,
    )
}
"""Forms by the name that a kind of order gives."""
