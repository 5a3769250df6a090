"""The form of an absence."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from mentoring_site.forms import BaseModelForm
from people.absences.acts import KEPT
from people.absences.models import Absence


class AbsenceForm(BaseModelForm):
    """When a person is away; why is not asked."""

    class Meta:
        model = Absence
        fields = ["kind", "starts_on", "ends_on"]
        help_texts = {"kind": "Причину писать не нужно: достаточно дней"}

    def clean_ends_on(self) -> date:
        """A period that has long passed would change nothing."""
        ends_on: date = self.cleaned_data["ends_on"]
        if timezone.localdate() - ends_on > KEPT:
            raise ValidationError("Это было больше года назад: записывать уже незачем")
        return ends_on
