"""Forms of the roadmap."""

from django import forms
from django.db.models import Q

from mentoring_site.evidence.fields import EvidenceField
from mentoring_site.forms import BaseForm, BaseModelForm, DateInput, OnceMixin, VersionedMixin
from mentoring_site.russian import school_year
from people.register.models import Person
from roadmap.plan.models import Task
from roadmap.proofs import kinds
from roadmap.regulation.approvals import ApprovalsMixin


class NewRoadmapForm(OnceMixin, BaseForm):
    """For which school year the roadmap is drafted."""

    school_year = forms.TypedChoiceField(label="Учебный год", coerce=int)

    def __init__(self, *args, this_year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school_year"].choices = [
            (y, school_year(y, full=True)) for y in (this_year - 1, this_year, this_year + 1)
        ]
        self.fields["school_year"].initial = this_year
        self.fields["request_key"].required = True


class TaskForm(VersionedMixin, BaseModelForm):
    """A task: what, when, who, what result."""

    class Meta:
        model = Task
        fields = ["text", "starts_on", "due_on", "responsible_words", "responsible", "expected_result", "proof_kinds"]
        widgets = {"starts_on": DateInput, "due_on": DateInput, "text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "responsible_words": "Как напечатать в карте: «куратор, методический совет»",
            "responsible": (
                "Кто увидит это мероприятие среди своих дел и сможет отметить его. Чтобы выбрать нескольких,"
                " удерживайте Ctrl"
            ),
            "expected_result": "Например: приказ, протокол, анкеты, список участников",
        }

    proof_kinds = forms.MultipleChoiceField(
        label="Закроется само, когда приложены",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Как только среди подтверждений есть всё отмеченное, мероприятие отмечается выполненным",
    )

    def __init__(self, *args, version: int, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["responsible"]
        chosen = Q(pk__in=self.instance.responsible.values("pk")) if self.instance.pk else Q()
        offered = Person.objects.at_work().filter(user__is_active=True)
        found = Person.objects.filter(Q(pk__in=offered.values("pk")) | chosen) if chosen else offered
        field.queryset = found.order_by("last_name", "first_name", "pk")
        field.label_from_instance = lambda person: person.full_name
        self.fields["due_on"].required = True
        kinds_field = self.fields["proof_kinds"]
        assert isinstance(kinds_field, forms.MultipleChoiceField)
        kinds_field.choices = kinds.choices()
        self.fields["version"].initial = version

    def clean(self):
        data = super().clean()
        if data.get("starts_on") and data.get("due_on") and data["starts_on"] > data["due_on"]:
            self.add_error("due_on", "Мероприятие не может закончиться раньше, чем началось")
        return data


class ParticularsForm(VersionedMixin, ApprovalsMixin):
    """From which day the roadmap is in force, and who has adopted it before the director approves it."""

    since = forms.DateField(
        label="Вводится в действие с",
        required=False,
        help_text="Если не с даты приказа: приказ напечатает этот день отдельно",
    )

    def __init__(self, *args, roadmap, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = roadmap.version
        self.fields["since"].initial = roadmap.since
        self.add_approval_fields(roadmap.approvals)

    def clean(self):
        data = super().clean() or {}
        self.check_approvals(data)
        return data


class DoneForm(BaseForm):
    """What came of a task."""

    note = forms.CharField(
        label="Что получилось",
        max_length=500,
        help_text="Документ, ссылка, число участников",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = EvidenceField(label="Чем подтверждается")


class DoneManyForm(BaseForm):
    """Several tasks that are done; one sentence for all, or what was expected of each."""

    tasks = forms.TypedMultipleChoiceField(
        label="Что сделано", coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(
        label="Что получилось",
        max_length=500,
        required=False,
        help_text="Одно на все отмеченные. Если оставить пустым, у каждого встанет его ожидаемый результат",
    )

    def __init__(self, *args, tasks: list[Task], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tasks"].choices = [(t.pk, f"{t.stage.number}.{t.number} {t.text}") for t in tasks]
        vars(self.fields["tasks"])["quiet"] = True


class ReturnForm(BaseForm):
    """Why the roadmap goes back."""

    reason = forms.CharField(label="Что доработать", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
