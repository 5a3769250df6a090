"""Forms of the learning log, made for a thumb."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from mentoring_site.forms import BaseForm
from mentoring_site.russian import upper_first
from people.banks.models import Statement
from people.promises import Promise
from programs.learning.acts import LONGEST_NOTE, LONGEST_WORD
from programs.learning.models import MOST, Moment, Skill, SkillRating, Value


class ChooseForm(BaseForm):
    """Difficulties of the program that are followed, and skills in own words."""

    difficulties = forms.ModelMultipleChoiceField(
        Statement.objects.none(),
        label="Затруднения программы",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label="Своими словами",
        required=False,
        max_length=MOST * 201,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, difficulties: QuerySet[Statement], first: bool, **more: Any):
        super().__init__(*args, **more)
        field = self.fields["difficulties"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = difficulties
        if first:
            field.initial = list(difficulties[:MOST])
        if not difficulties:
            del self.fields["difficulties"]
        example = "Каждый навык с новой строки: «Начинать урок с игры», «Слышать интонацию ученика»."
        self.fields["words"].help_text = f"{example} Навыков не больше {MOST}. {Promise.SKILL.sentence}"

    def texts(self) -> list[str]:
        """Return the own words, a skill each."""
        return [line for line in self.cleaned_data["words"].splitlines() if line.strip()]


class RateForm(BaseForm):
    """A value of the one scale for each skill, and by what it is seen."""

    moment = forms.ChoiceField(choices=Moment, widget=forms.HiddenInput)

    def __init__(self, *args: Any, skills: list[Skill], given: Iterable[SkillRating], moment: str, **more: Any):
        super().__init__(*args, **more)
        self.skills = skills
        self.fields["moment"].initial = moment
        known = {rating.skill_id: rating for rating in given}
        for skill in skills:
            earlier = known.get(skill.pk)
            self.fields[f"value_{skill.pk}"] = forms.TypedChoiceField(
                label=upper_first(str(skill)),
                label_suffix="",
                choices=[(value, f"{value} — {words}") for value, words in Value.choices],
                coerce=int,
                widget=forms.RadioSelect,
                initial=earlier.value if earlier else None,
                error_messages={"required": "Выберите, как получается сейчас"},
            )
            self.fields[f"word_{skill.pk}"] = forms.CharField(
                label="По чему это видно",
                label_suffix="",
                max_length=LONGEST_WORD,
                required=False,
                initial=earlier.word if earlier else "",
            )

    def values(self) -> dict[int, tuple[int, str]]:
        """Return ``{pk of a skill: (value, word)}`` as the act takes it."""
        data = self.cleaned_data
        return {skill.pk: (data[f"value_{skill.pk}"], data[f"word_{skill.pk}"]) for skill in self.skills}


class NoteForm(BaseForm):
    """One line about the week."""

    text = forms.CharField(
        label="Чему удалось научиться",
        max_length=LONGEST_NOTE,
        widget=forms.TextInput(attrs={"autofocus": True, "enterkeyhint": "done"}),
    )

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.fields["text"].help_text = f"Одной строкой. {Promise.LEARNT.sentence}"
