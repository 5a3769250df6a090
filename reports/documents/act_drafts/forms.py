"""Forms of drafts of local acts."""

from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.files import UploadFormField
from mentoring_site.forms import BaseForm, OnceMixin, VersionedMixin
from mentoring_site.paper_numbers import NumberFormField
from reports.documents.act_drafts.models import ActDraft
from reports.documents.local_acts.forms import OF_SCHOOL, AudienceForm
from roadmap.regulation.approvals import ApprovalsMixin

MOST = 150_000  # characters


class DraftForm(BaseForm):
    """What the act is called, why it is needed, its text."""

    kind = forms.ChoiceField(label="Вид акта", choices=OF_SCHOOL)
    about = forms.CharField(
        label="О чём", max_length=300, help_text="Продолжение названия: «взаимного посещения уроков»"
    )
    why = forms.CharField(label="Зачем нужен", max_length=500, required=False)
    text = forms.CharField(
        label="Текст",
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="Каждый пункт с новой строки. Замечания и сравнение идут по номерам пунктов",
    )


class NewDraftForm(OnceMixin, DraftForm):
    """A new draft."""


class WriteForm(VersionedMixin, DraftForm):
    """A draft that somebody else may be writing too."""

    def __init__(self, *args: Any, draft: ActDraft, **kwargs: Any):
        names = ("kind", "about", "why", "text", "version")
        super().__init__(*args, initial={name: getattr(draft, name) for name in names}, **kwargs)


class DiscussForm(BaseForm):
    """Until when remarks are made."""

    until = forms.DateField(label="Замечания принимают до")


class RemarkForm(OnceMixin, BaseForm):
    """A remark on one clause, or on the whole text."""

    place = forms.CharField(label="К какому пункту", max_length=60, required=False, help_text="Пусто — ко всему тексту")
    text = forms.CharField(label="Что изменить", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class AnswerForm(BaseForm):
    """What became of a remark."""

    is_taken = forms.TypedChoiceField(
        label="Замечание",
        choices=[("yes", "учтено"), ("no", "не учтено")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="Ответ",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Если не учтено — почему",
    )
    conditional = {"answer"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_taken") is False and not (data.get("answer") or "").strip():
            self.add_error("answer", "Напишите, почему замечание не учтено")
        return data


class DropForm(BaseForm):
    """Why a draft is given up."""

    why = forms.CharField(label="Почему", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ApproveForm(ApprovalsMixin, AudienceForm):
    """The order by which the act was approved, its signed file, who has adopted it, who reads it."""

    number = NumberFormField(label="Номер приказа об утверждении")
    date = forms.DateField(label="Дата этого приказа")
    file = UploadFormField(label="Файл утверждённого акта")
    field_order = ("number", "date", "file", "audience", "posts", "persons")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.add_approval_fields()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.check_approvals(data)
        if data.get("date") and data["date"] > timezone.localdate():
            self.add_error("date", "Дата приказа об утверждении ещё не наступила")
        return data
