"""The form of what the school settles about itself as an operator."""

from django import forms

from mentoring_site.forms import BaseModelForm, VersionedMixin
from people.consents.operator.models import OperatorNotice


class OperatorForm(VersionedMixin, BaseModelForm):
    """Words of the notice to Роскомнадзор."""

    class Meta:
        model = OperatorNotice
        fields = ["purpose", "people", "actions", "measures", "place", "responsible", "contacts", "started_on", "ends"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("purpose", "people", "actions", "measures")}
        help_texts = {
            "place": "Страна и адрес центра обработки данных: Россия, город, улица, дом",
            "responsible": "Фамилия, имя, отчество и должность",
        }
