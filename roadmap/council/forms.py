"""Forms of minutes: the meeting and who was there, one question, the signature on paper."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from mentoring_site.files import ScanFormField
from mentoring_site.forms import BaseForm, BaseModelForm, OnceMixin, VersionedMixin
from mentoring_site.paper_numbers import NumberFormField
from mentoring_site.russian import joined
from people.register.fields import offer_people
from people.register.models import Employment, Person
from people.rights import CHAIR, SECRETARY
from people.rights import COUNCIL as COUNCIL_MEMBER
from people.roles import holders as role_holders
from people.roles.models import RoleGrant
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing
from programs.program.models import Program
from roadmap.council.acts import next_number
from roadmap.council.decisions import Decision
from roadmap.council.models import BODIES, COUNCIL, AgendaItem, Minutes
from roadmap.council.quorum import members_of

MEMBERS = (CHAIR, SECRETARY, COUNCIL_MEMBER)
LISTED = 40
"""So many matters of one sort stand on the page to be ticked; of more, the others are found by a name or a topic."""


def members() -> QuerySet[Person, Any]:
    """Return the persons who sit in the methodical council today."""
    grants = RoleGrant.objects.live(timezone.localdate()).filter(role__in=MEMBERS)
    return Person.objects.at_work().filter(pk__in=grants.values("person"))


class MeetingForm(BaseForm):
    """Whose meeting, when, who was there."""

    conditional = {
        "known",
        "other",
        "body_genitive",
        "number",
        "place",
        "chair",
        "secretary",
        "present",
        "absent",
        "invited",
        "absent_words",
    }
    known = forms.ChoiceField(label="Чьё заседание", required=False, widget=forms.RadioSelect)
    other = forms.CharField(label="Другой орган", required=False, max_length=150)
    body_genitive = forms.CharField(
        label="Заседания кого или чего",
        required=False,
        max_length=150,
        help_text="Только для другого органа: как его название звучит после слова «заседания»",
    )
    held_on = forms.DateField(label="Дата заседания")
    number = NumberFormField(label="Номер протокола", required=False)
    place = forms.CharField(label="Место", required=False, max_length=150)
    chair = forms.ModelChoiceField(
        Person.objects.none(), label="Председательствующий", required=False, empty_label="не указан"
    )
    secretary = forms.ModelChoiceField(
        Person.objects.none(), label="Секретарь", required=False, empty_label="не указан"
    )
    present = forms.ModelMultipleChoiceField(
        Person.objects.none(), label="Присутствовали", required=False, widget=forms.CheckboxSelectMultiple
    )
    absent = forms.ModelMultipleChoiceField(
        Person.objects.none(), label="Отсутствовали", required=False, widget=forms.CheckboxSelectMultiple
    )
    invited = forms.CharField(
        label="Кто ещё присутствовал",
        required=False,
        max_length=1000,
        help_text="Приглашённые, или «45 человек, список прилагается»",
    )
    absent_words = forms.CharField(label="Почему отсутствовали", required=False, max_length=500)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = Minutes.objects.exclude(body__in=BODIES).order_by("body")
        self.genitives = dict(own.values_list("body", "body_genitive")) | BODIES
        bodies = list(dict.fromkeys([*BODIES, *own.values_list("body", flat=True)]))
        self.fields["known"].choices = [*((body, body) for body in bodies), ("", "другой орган")]

    def offer(self, names: tuple[str, ...], people: QuerySet[Person, Any]) -> None:
        """Let the fields choose among ``people``."""
        for name in names:
            self.fields[name].label_from_instance = lambda person: person.full_name
            offer_people(self, name, people.order_by("last_name", "first_name", "pk"))

    def clean(self):
        data = super().clean()
        known = data.pop("known", "") or ""
        other = data.pop("other", "")
        if not known and not other:
            self.add_error("other", "Напишите название органа")
        data["body"] = known or other
        if known:
            data["body_genitive"] = self.genitives[known]
        elif other and not data.get("body_genitive"):
            self.add_error("body_genitive", "Напишите, как название звучит после слова «заседания»")
        return data


class NewMeetingForm(OnceMixin, MeetingForm):
    """Minutes of a meeting with what waited for the council before it."""

    conditional = MeetingForm.conditional | {"programs", "pairings"}
    programs = forms.ModelMultipleChoiceField(
        Program.objects.none(),
        label="Программы, которые ждут согласования",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    pairings = forms.ModelMultipleChoiceField(
        Pairing.objects.none(),
        label="Пары и группы, которые ждут рекомендации",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["programs", "pairings", "known"]

    def __init__(self, *args, programs: QuerySet, pairings: QuerySet, place: str, find: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.is_long = False  # whether more waits than the page lists
        self.offer(("chair", "secretary"), _employed())
        self.offer(("present", "absent"), members())
        self._offer_matters("programs", programs, _program_words, find)
        self._offer_matters("pairings", pairings, pairing_title, find)
        today = timezone.localdate()
        officers = role_holders.holders(CHAIR, SECRETARY)
        self.initial = {
            "known": COUNCIL,
            "held_on": today,
            "place": place,
            "chair": officers.get(CHAIR),
            "secretary": officers.get(SECRETARY),
            "present": [person.pk for person in self.fields["present"].queryset],
        } | self.initial
        following = next_number(COUNCIL, today)
        self.fields["number"].help_text = f"Если не указать, будет следующий: у методического совета — № {following}"

    def _offer_matters(self, name: str, waiting: QuerySet, words: Callable[[Any], str], find: str) -> None:
        """Let everything ``waiting`` be ticked; what is ticked and the first found by ``find`` stand on the page."""
        shown, more = _first(waiting)
        if not shown:
            del self.fields[name]
            return
        field = self.fields[name]
        field.queryset = waiting
        field.help_text = "Отмеченное войдёт в повестку готовым вопросом"
        if more:
            self.is_long = True
            found, more = _first(waiting.found_by(find)) if find else (shown, more)  # type: ignore[attr-defined]
            ticked = self._ticked(name, waiting)
            shown = [*ticked, *(row for row in found if row not in ticked)]
            field.help_text += _which(len(found), more, find)
        field.widget.choices = [(row.pk, words(row)) for row in shown]

    def _ticked(self, name: str, waiting: QuerySet) -> list[Any]:
        """Return what was ticked before the page was asked again."""
        widget = self.fields[name].widget
        sent = widget.value_from_datadict(self.data, self.files, name) if self.is_bound else self.initial.get(name)
        values = [str(value) for value in sent or []]
        return list(waiting.filter(pk__in=[int(v) for v in values if v.isdecimal() and len(v) < 12]))


def _first(rows: QuerySet) -> tuple[list[Any], bool]:
    """Return the first rows that a page lists and whether there are more."""
    found = list(rows[: LISTED + 1])
    return found[:LISTED], len(found) > LISTED


def _which(shown: int, more: bool, find: str) -> str:
    """Say which part of a long queue stands on the page."""
    if not find:
        return f". Показаны первые {shown} из очереди, остальное найдите по фамилии или теме"
    if not shown:
        return f". По словам «{find}» в очереди ничего не нашлось"
    return f". По словам «{find}» показаны первые {shown}, уточните слова" if more else f". Найдено по словам «{find}»"


class FindForm(forms.Form):
    """Words that narrow the queue of the council on the page of new minutes."""

    find = forms.CharField(label="Найти в очереди", required=False, max_length=100, help_text="Фамилия или тема")


class EditMeetingForm(VersionedMixin, MeetingForm):
    """What stands above the agenda of a draft; people who were chosen once stay to be chosen."""

    def __init__(self, *args, minutes: Minutes, **kwargs):
        super().__init__(*args, **kwargs)
        present, absent = ([person.pk for person in rows.all()] for rows in (minutes.present, minutes.absent))
        officers = Person.objects.filter(pk__in=[minutes.chair_id, minutes.secretary_id])
        self.offer(("chair", "secretary"), (_employed() | officers.distinct()).distinct())
        self.offer(("present", "absent"), (members() | Person.objects.filter(pk__in=[*present, *absent])).distinct())
        names = ("number", "held_on", "place", "chair", "secretary", "invited", "absent_words", "version")
        self.initial = {name: getattr(minutes, name) for name in names} | {
            "known": minutes.body,
            "present": present,
            "absent": absent,
        }
        self.fields["number"].required = True


def _employed() -> QuerySet[Person, Any]:
    """Everybody who works in the school today: a meeting may be led by somebody outside the council."""
    return Person.objects.filter(employments__in=Employment.objects.current()).distinct()


def _program_words(program: Program) -> str:
    return f"«{program.title}»: {joined([p.person.short_name for p in program.pairing.people])}"


class ItemForm(VersionedMixin, BaseModelForm):
    """One question of the agenda."""

    class Meta:
        model = AgendaItem
        fields = [
            "title",
            "heard",
            "spoke",
            "recused",
            "votes_for",
            "votes_against",
            "votes_abstained",
            "decided",
            "postponed",
            "remarks",
        ]
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("heard", "spoke", "decided", "remarks")} | {
            "recused": forms.CheckboxSelectMultiple
        }
        help_texts = {
            "title": "Отвечает на вопрос «о чём»: «О согласовании программы…»",
            "heard": "Кого и о чём: «Очирову С. Д., заместителя директора: о программе…»",
            "spoke": "Кто что сказал; если никто, оставьте пустым",
            "recused": "Кого касаются программы и пары вопроса, известно и без отметки",
            "postponed": "Без кворума вопрос не решают: он вернётся в очередь",
            "decided": "Решение в повелительной или неопределённой форме: «Согласовать…»",
        }

    def __init__(self, *args, version: int, minutes: Minutes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = version
        people = Person.objects.filter(pk__in=[person.pk for person in members_of(minutes)])
        field = self.fields["recused"]
        field.queryset = people.order_by("last_name", "first_name", "pk")
        field.label_from_instance = lambda person: person.short_name
        if minutes.state == Minutes.State.PLANNED:
            for name in ("spoke", "votes_for", "votes_against", "votes_abstained", "postponed", "remarks"):
                del self.fields[name]
            self.fields["decided"].label = "Проект решения"
        if not people:
            del self.fields["recused"]


class SignForm(BaseForm):
    """The minutes are signed on paper: when, and the scan."""

    signed_on = forms.DateField(label="Когда подписан")
    decisions = forms.MultipleChoiceField(
        label="Сразу записать решения совета",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Что не отмечено, записывают позже на странице программы или пары",
    )
    scan = ScanFormField(label="Скан подписанного протокола", required=False)

    def __init__(self, *args: Any, open_decisions: Sequence[Decision] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not open_decisions:
            del self.fields["decisions"]
            return
        field: Any = self.fields["decisions"]
        field.choices = [(decision.key, decision.label) for decision in open_decisions]
        field.initial = [decision.key for decision in open_decisions if decision.is_ready_text]
