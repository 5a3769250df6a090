"""Forms of methodical materials."""

from typing import Any

from django import forms

from mentoring_site.evidence.fields import EvidenceField
from mentoring_site.forms import BaseForm, BaseModelForm, OnceMixin, VersionedMixin
from people.banks.models import Topic
from people.promises import Promise
from programs.catalogs.models import MentoringForm, MentoringKind
from programs.program.models import Program
from roadmap.library.models import Material


class _MaterialForm(BaseModelForm):
    """What is said of a material."""

    class Meta:
        model = Material
        fields = ["title", "kind", "annotation", "audience", "topic", "forms", "kinds", "source", "licence"]
        widgets = {
            "annotation": forms.Textarea(attrs={"rows": 4}),
            "licence": forms.RadioSelect,
            "forms": forms.CheckboxSelectMultiple,
            "kinds": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "annotation": "Что внутри и когда пригодится, без имён учеников",
            "audience": "Наставник читает и то, что для наставляемых",
            "forms": "Материал покажут там, где выбирают эту форму",
            "kinds": "Материал покажут там, где выбирают этот вид",
            "source": "Кто написал или откуда взято: «Методический кабинет школы», «Журнал «Музыка», 2024, № 3»",
            "licence": "По этому решают, показать ли материал на сайте",
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Material.Kind.choices
        topic: Any = self.fields["topic"]
        topic.queryset, topic.empty_label = Topic.objects.filter(is_open=True), "любая"
        for name, model in (("forms", MentoringForm), ("kinds", MentoringKind)):
            field: Any = self.fields[name]
            field.queryset, field.required = model.objects.filter(is_open=True), False


class NewForm(OnceMixin, _MaterialForm):
    """A new material with its files or a link."""

    files: Any = EvidenceField(label="Файлы")
    url = forms.URLField(label="Ссылка", max_length=500, required=False, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = f"До проверки советом: {Promise.MATERIAL.sentence.lower()}"


class EditForm(VersionedMixin, _MaterialForm):
    """A material in work."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


class ReviewForm(BaseForm):
    """What the council decides."""

    decision = forms.ChoiceField(
        label="Решение",
        choices=[("accept", "Принять в библиотеку"), ("send_back", "Вернуть с замечаниями")],
        widget=forms.RadioSelect,
    )
    remarks = forms.CharField(
        label="Замечания",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"При возврате: что поправить. {Promise.MATERIAL.sentence}",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)


class SuitForm(BaseForm):
    """Which forms and kinds of mentoring a material guides."""

    kinds = forms.ModelMultipleChoiceField(
        MentoringKind.objects.none(), label="Виды", required=False, widget=forms.CheckboxSelectMultiple
    )
    forms = forms.ModelMultipleChoiceField(
        MentoringForm.objects.none(), label="Формы", required=False, widget=forms.CheckboxSelectMultiple
    )
    # the field stands last: its name hides the module inside the class

    field_order = ("forms", "kinds")

    def __init__(self, *args: Any, material: Material, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, model in (("forms", MentoringForm), ("kinds", MentoringKind)):
            field: Any = self.fields[name]
            field.queryset = model.objects.filter(is_open=True)
            self.initial[name] = [one.pk for one in getattr(material, name).all()]


class TakeForm(BaseForm):
    """Which material a program takes, and what for."""

    material = forms.ModelChoiceField(Material.objects.none(), label="Материал", empty_label="—")
    note = forms.CharField(label="К чему", max_length=300, required=False, help_text="«К открытому уроку в марте»")

    def __init__(self, *args: Any, offered: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["material"]
        field.queryset = offered
        field.label_from_instance = lambda one: f"{one.title} ({one.get_kind_display()}, {one.get_audience_display()})"


class IntoProgramForm(BaseForm):
    """Into which program a material is taken, and what for."""

    program = forms.ModelChoiceField(Program.objects.none(), label="Программа", empty_label="—")
    note = forms.CharField(label="К чему", max_length=300, required=False, help_text="«К открытому уроку в марте»")

    def __init__(self, *args: Any, offered: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["program"]
        field.queryset = offered


class ProveForm(BaseForm):
    """To which task of the roadmap a material is put."""

    task: Any = forms.ModelChoiceField(None, label="Мероприятие дорожной карты", empty_label="—")

    def __init__(self, *args: Any, offered: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["task"]
        field.queryset = offered
        field.label_from_instance = lambda task: f"Этап {task.stage.number}. {task.text}"[:160]
