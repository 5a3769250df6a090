"""Forms of what is said and decided about a draft: remarks, confirmation, return, approval by the title page."""

from django import forms

from mentoring_site.files import ScanFormField
from mentoring_site.forms import BaseForm
from people.promises import Promise
from programs.program.content import FIELD_WORDS
from programs.program.forms import area


class RemarkForm(BaseForm):
    """A remark bound to a field or to an activity (п. 3.5)."""

    about = forms.ChoiceField(label="К чему", required=False)
    text = forms.CharField(label="Замечание", max_length=2000, widget=area(4))

    def __init__(self, *args, program, **kwargs):
        super().__init__(*args, **kwargs)
        self.activities = {str(a.pk): a for a in program.activities.all()}
        self.fields["about"].choices = [
            ("", "программа в целом"),
            ("Поле", list(FIELD_WORDS.items())),
            ("Мероприятие", [(pk, a.title) for pk, a in self.activities.items()]),
        ]

    def target(self) -> dict:
        """Return ``field`` or ``activity`` for the act."""
        about = self.cleaned_data["about"]
        return {"activity": self.activities[about]} if about in self.activities else {"field": about}


class ReturnForm(BaseForm):
    """Why a program is returned to drafting."""

    reason = forms.CharField(
        label="Что доработать",
        max_length=2000,
        widget=area(4),
        help_text=f"Станет замечанием, участники программы отметят, когда исправят. {Promise.TALK.sentence}",
    )


class ConfirmDraftForm(BaseForm):
    """What the mentee has read: its hash."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class GrifForm(BaseForm):
    """The day on which the director signed the title page, and its scan (п. 3.3)."""

    date = forms.DateField(label="Дата под грифом «УТВЕРЖДАЮ»")
    scan = ScanFormField(
        label="Скан титульного листа", required=False, help_text="Можно без скана. PDF, JPG или PNG, до 20 МБ"
    )
