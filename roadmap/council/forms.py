"""Forms of minutes: the meeting and who was there, one question, the signature on paper, the list's filters."""

from uuid import uuid4

from django import forms
from django.utils import timezone

from mentoring_site.files import UploadFormField
from mentoring_site.forms import BaseForm, BaseModelForm
from mentoring_site.russian import joined, school_year
from people.register.models import Employment, Person
from people.roles import holders as role_holders
from people.roles.models import RoleGrant
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing
from programs.program.models import Program
from roadmap.council.acts import next_number
from roadmap.council.models import BODIES, COUNCIL, AgendaItem, Minutes

MEMBERS = ("chair", "secretary", "council")


def members():
    """Return the persons who sit in the methodical council today."""
    grants = RoleGrant.objects.live(timezone.localdate()).filter(role__in=MEMBERS)
    return Person.objects.filter(pk__in=grants.values("person")).order_by("last_name", "first_name", "pk")


class MinutesFilters(BaseForm):
    """Search and filters above the list of minutes."""

    q = forms.CharField(
        label="Слова из повестки", required=False, max_length=120, widget=forms.TextInput(attrs={"type": "search"})
    )
    body = forms.ChoiceField(label="Орган", required=False)
    year = forms.TypedChoiceField(label="Учебный год", required=False, coerce=int, empty_value=None)

    def __init__(self, data, *, visible):
        super().__init__(data or None)
        bodies = visible.order_by("body").values_list("body", flat=True).distinct()
        years = visible.order_by("-school_year").values_list("school_year", flat=True).distinct()
        self.fields["body"].choices = [("", "все"), *((b, b) for b in bodies)]
        self.fields["year"].choices = [("", "все"), *((y, school_year(y)) for y in years)]


class MeetingForm(BaseForm):
    """Whose meeting, when, who was there; a new one also takes what waits for the council."""

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
        "programs",
        "pairings",
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
    number = forms.IntegerField(label="Номер протокола", required=False, min_value=1, max_value=9999)
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
    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=10**9)

    def __init__(self, *args, minutes: Minutes | None = None, programs=None, pairings=None, place="", **kwargs):
        super().__init__(*args, **kwargs)
        self._bodies(minutes)
        self._people(minutes)
        self._matters("programs", programs, _program_words)
        self._matters("pairings", pairings, pairing_title)
        self.order_fields(["programs", "pairings", "known"])
        if minutes is None:
            self._fresh(place)
        else:
            self._kept(minutes)

    def _bodies(self, minutes):
        written = Minutes.objects.exclude(body__in=BODIES).order_by("body").values_list("body", flat=True).distinct()
        self.fields["known"].choices = [*((b, b) for b in (*BODIES, *written)), ("", "другой орган")]
        self.genitives = dict(Minutes.objects.exclude(body__in=BODIES).values_list("body", "body_genitive")) | BODIES

    def _people(self, minutes):
        everybody = Person.objects.filter(employments__in=Employment.objects.current()).distinct()
        if minutes is not None:
            everybody = (
                everybody | Person.objects.filter(pk__in=[minutes.chair_id, minutes.secretary_id]).distinct()
            ).distinct()
        sitting = members()
        if minutes is not None:
            kept = [*minutes.present.all(), *minutes.absent.all()]
            sitting = (sitting | Person.objects.filter(pk__in=[p.pk for p in kept])).distinct()
        for name, rows in (("chair", everybody), ("secretary", everybody), ("present", sitting), ("absent", sitting)):
            self.fields[name].queryset = rows.order_by("last_name", "first_name", "pk")
            self.fields[name].label_from_instance = lambda person: person.full_name

    def _matters(self, name, rows, words):
        if not rows:
            del self.fields[name]
            return
        self.fields[name].queryset = rows
        self.fields[name].label_from_instance = words
        self.fields[name].help_text = "Отмеченное войдёт в повестку готовым вопросом"

    def _fresh(self, place):
        today = timezone.localdate()
        found = role_holders.holders("chair", "secretary")
        self.initial = {
            "known": COUNCIL,
            "held_on": today,
            "place": place,
            "chair": found.get("chair"),
            "secretary": found.get("secretary"),
            "present": [p.pk for p in self.fields["present"].queryset],
            "request_key": uuid4(),
        } | self.initial
        self.fields[
            "number"
        ].help_text = f"Если не указать, будет следующий: у методического совета — № {next_number(COUNCIL, today)}"

    def _kept(self, minutes):
        names = ("number", "held_on", "place", "chair", "secretary", "invited", "absent_words", "version")
        self.initial = {name: getattr(minutes, name) for name in names} | {
            "known": minutes.body,
            "present": [p.pk for p in minutes.present.all()],
            "absent": [p.pk for p in minutes.absent.all()],
        }
        self.fields["number"].required = True

    def show_newer(self, version: int) -> None:
        """Let the next press write over what the reader has now seen."""
        self.data = self.data.copy()
        self.data["version"] = str(version)

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


def _program_words(program) -> str:
    return f"«{program.title}»: {joined([p.person.short_name for p in program.pairing.people])}"


class ItemForm(BaseModelForm):
    """One question of the agenda."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)

    class Meta:
        model = AgendaItem
        fields = ["title", "heard", "spoke", "decided", "votes_for", "votes_against", "votes_abstained"]
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("heard", "spoke", "decided")}
        help_texts = {
            "title": "Отвечает на вопрос «о чём»: «О согласовании программы…»",
            "heard": "Кого и о чём: «Очирову С. Д., заместителя директора: о программе…»",
            "spoke": "Кто что сказал; если никто, оставьте пустым",
            "decided": "Решение в повелительной или неопределённой форме: «Согласовать…»",
        }

    def __init__(self, *args, version: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = version

    def show_newer(self, version: int) -> None:
        """Let the next press write over what the reader has now seen."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


class SignForm(BaseForm):
    """The minutes are signed on paper: when, and the scan."""

    signed_on = forms.DateField(label="Когда подписан")
    scan = UploadFormField(label="Скан подписанного протокола", required=False)


class ScanForm(BaseForm):
    """The scan of signed minutes."""

    scan = UploadFormField(label="Скан подписанного протокола")
