"""Forms of acts of destruction (приказ РКН № 179)."""

from django import forms

from mentoring_site.forms import BaseForm, OnceMixin
from people.consents.destruction import erasure
from people.consents.destruction.acts import is_full
from people.consents.destruction.models import Destruction


class DestructionForm(OnceMixin, BaseForm):
    """Which data of a person, why, by whom; nothing is ticked beforehand."""

    categories = forms.MultipleChoiceField(label="Что уничтожить", widget=forms.CheckboxSelectMultiple)
    reason = forms.ChoiceField(label="Причина", choices=[("", "выберите"), *Destruction.Reason.choices])
    commission = forms.CharField(
        label="Кто уничтожает",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="По одному на строке: фамилия, имя, отчество полностью — запятая — должность. Не меньше двух",
    )
    carriers = forms.CharField(
        label="Бумаги, которые уничтожены вместе с этим",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text="По одной на строке: название — запятая — число листов. Например: анкета наставляемого, 2",
    )
    processor = forms.CharField(
        label="Кто обрабатывал данные по поручению школы",
        max_length=300,
        required=False,
        help_text="Название и адрес. Пусто — обработку никому не поручали",
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
            if not is_full(name):
                raise forms.ValidationError(f"В акте имя пишут полностью: «{name}»")
            found.append({"name": name, "post": post})
        if len(found) < 2:
            raise forms.ValidationError("Назовите не меньше двух человек")
        return found

    def clean_carriers(self):
        """Return ``[{"name", "sheets"}]`` from the lines."""
        found = []
        for line in filter(None, (line.strip() for line in self.cleaned_data["carriers"].splitlines())):
            name, _, sheets = (part.strip() for part in line.rpartition(","))
            if not name or not sheets.isdecimal() or not 0 < int(sheets) < 100_000:
                raise forms.ValidationError(f"Напишите через запятую название и число листов: «{line}»")
            found.append({"name": name, "sheets": int(sheets)})
        return found


class RecordsForm(DestructionForm):
    """Which records of the school past their term go, by whom; nobody processed them by a commission."""

    reason = processor = None  # type: ignore[assignment]

    def __init__(self, *args, found: dict, **kwargs):
        super().__init__(*args, found=found, **kwargs)
        self.fields["categories"].choices = [
            (code, f"{erasure.label(code)}: {'; '.join(words)}") for code, words in found.items()
        ]


class DeclineForm(BaseForm):
    """Why an act is not approved."""

    words = forms.CharField(label="Почему", max_length=300)
