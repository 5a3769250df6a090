"""Forms of acts of destruction (приказ РКН № 179)."""

from django import forms

from mentoring_site.forms import BaseForm, OnceMixin
from people.consents.destruction import erasure
from people.consents.destruction.models import Destruction


class DestructionForm(OnceMixin, BaseForm):
    """Which data of a person, why, by whom; nothing is ticked beforehand."""

    categories = forms.MultipleChoiceField(label="Что уничтожить", widget=forms.CheckboxSelectMultiple)
    reason = forms.ChoiceField(label="Причина", choices=[("", "выберите"), *Destruction.Reason.choices])
    commission = forms.CharField(
        label="Кто уничтожает",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="По одному на строке: фамилия, имя, отчество — запятая — должность. Не меньше двух",
    )

    def __init__(self, *args, found: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["categories"].choices = [
            (code, f"{erasure.label(code)}. Есть: {', '.join(words)}") for code, words in found.items()
        ]

    def clean_commission(self):
        """Return ``[{"name", "post"}]`` from the lines."""
        found = []
        for line in filter(None, (line.strip() for line in self.cleaned_data["commission"].splitlines())):
            name, _, post = (part.strip() for part in line.partition(","))
            if not name or not post:
                raise forms.ValidationError(f"Напишите через запятую имя и должность: «{line}»")
            found.append({"name": name, "post": post})
        if len(found) < 2:
            raise forms.ValidationError("Назовите не меньше двух человек")
        return found


class DeclineForm(BaseForm):
    """Why an act is not approved."""

    words = forms.CharField(label="Почему", max_length=300)
