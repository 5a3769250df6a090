"""The form of handing over: to whom, what, and a word to the successor."""

from django import forms

from mentoring_site.forms import BaseForm
from people.handover.parts import Open
from people.register.models import Person


class HandoverForm(BaseForm):
    """Everything open is ticked: a person mostly hands over all."""

    to = forms.ModelChoiceField(label="Кому", queryset=Person.objects.none())
    note = forms.CharField(
        label="Что важно знать",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Войдёт в письмо обоим",
    )

    def __init__(self, *args, person: Person, found: list[Open], **kwargs):
        super().__init__(*args, **kwargs)
        working = Person.objects.filter(user__is_active=True).exclude(pk=person.pk)
        self.fields["to"].queryset = working.order_by("last_name", "first_name")
        for one in found:
            choices = [(f"{one.part.code}:{thing.key}", thing.what) for thing in one.things]
            self.fields[f"part_{one.part.code}"] = forms.MultipleChoiceField(
                label=one.part.title,
                choices=choices,
                initial=[value for value, _ in choices],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=one.part.who,
            )
        self.order_fields(["to", *(f"part_{one.part.code}" for one in found), "note"])

    @property
    def keys(self) -> list[str]:
        """The ticked things of all parts."""
        return [key for name, value in self.cleaned_data.items() if name.startswith("part_") for key in value]
