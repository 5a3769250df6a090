"""Fields and forms that several types of change use."""

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm
from programs.changes.models import Grounded
from programs.pairings.models import Participation


def version_field() -> forms.IntegerField:
    """Return the hidden field with the version that the form was opened on."""
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)


def allow_no_future(field: forms.Field) -> None:
    """Let the browser offer no day after today: the date of a paper."""
    field.widget.attrs["max"] = timezone.localdate().isoformat()


class VersionedForm(BaseForm):
    """Parent of forms that edit a thing with a version."""

    def show_newer(self, version: int) -> None:
        """Let the next submission overwrite what the reader has now seen."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


class GroundForm(BaseForm):
    """The paper on which an order rests, its date and number, and whose circumstances they are."""

    PAPERS: tuple[Grounded.Paper, ...] = (Grounded.Paper.STATEMENT, Grounded.Paper.ORDER, Grounded.Paper.MEMO)
    about = forms.ModelChoiceField(
        Participation.objects.none(), label="О ком это", required=False, empty_label="о паре или группе в целом"
    )
    paper = forms.ChoiceField(label="На какую бумагу сослаться", widget=forms.RadioSelect)
    paper_on = forms.DateField(label="Дата бумаги")
    paper_number = forms.CharField(label="Номер бумаги", max_length=30, required=False, help_text="Если он есть")

    def __init__(self, *args, pairing, **kwargs):
        super().__init__(*args, **kwargs)
        people = pairing.participations.live().select_related("person").order_by("part", "pk")
        self.fields["about"].queryset = people
        self.fields["about"].label_from_instance = lambda p: f"{p.person.full_name}, {p.part_word}"
        self.fields["paper"].choices = [(paper.value, paper.label) for paper in self.PAPERS]
        allow_no_future(self.fields["paper_on"])

    def clean_paper_on(self):
        day = self.cleaned_data["paper_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Бумага не может быть от будущего числа")
        return day


class DayForm(BaseForm):
    """One day."""

    on = forms.DateField(label="С какого дня")
