"""The form of the question: three answers and a word, made for a thumb."""

from typing import Any

from django import forms

from mentoring_site.forms import BaseForm, Segments
from people.promises import Promise
from people.register.models import Person
from programs.relationship.acts import LONGEST
from programs.relationship.models import RelationshipAnswer


def promise_of(readers: list[Person]) -> str:
    """Say who reads the answer: the rule, and whom it means for this pair now."""
    now = ", ".join(person.short_name for person in readers)
    return f"{Promise.RELATIONSHIP.sentence}. {f'Сейчас это {now}' if now else 'Сейчас читать некому'}"


class AnswerForm(BaseForm):
    """How two people get on."""

    level = forms.ChoiceField(
        label="Как Вам работается вместе?", choices=RelationshipAnswer.Level.choices, widget=Segments
    )
    word = forms.CharField(
        label="Несколько слов, если хотите",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, readers: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        said = promise_of(readers).removesuffix(".")
        self.fields["level"].help_text = f"{said}. Другая сторона не узнает ни ответа, ни того, что Вы ответили"
        self.fields["word"].help_text = Promise.RELATIONSHIP.sentence
