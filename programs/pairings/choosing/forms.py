"""Forms of what the choice goes by: importance of each criterion, a wish about a colleague."""

from django import forms

from mentoring_site.forms import BaseForm, Segments
from mentoring_site.russian import upper_first
from people.promises import Promise
from people.register.models import Person
from programs.pairings.choosing.models import ColleagueWish
from programs.pairings.matching import CAN_BE_MUST, IMPORTANCE, MUST, Criterion, Rules


class RulesForm(BaseForm):
    """How much each criterion counts, how many hours a mentee takes, whether heads may lead."""

    hours_each = forms.IntegerField(
        label="Часов в месяц на одного наставляемого",
        min_value=0,
        max_value=40,
        help_text="Кому не хватает часов из анкеты, тому ещё одного не предлагают. 0 — часы не считать",
    )
    heads = forms.BooleanField(
        label="Предлагать прямых руководителей (форма «руководитель – педагог»)",
        required=False,
        help_text="Без отметки директор, его заместители и заведующие своим сотрудникам не предлагаются",
    )

    def __init__(self, *args, rules: Rules, **kwargs):
        super().__init__(*args, **kwargs)
        for criterion in Criterion:
            choices = [(k, word) for k, word in IMPORTANCE.items() if k != MUST or criterion in CAN_BE_MUST]
            asked: forms.Field = forms.TypedChoiceField(
                label=criterion.label, choices=choices, coerce=int, widget=forms.Select
            )
            self.fields[criterion.value] = asked
            self.prepare(criterion.value, asked)
            self.initial[criterion.value] = rules.weights.get(criterion)
        self.initial["hours_each"], self.initial["heads"] = rules.hours_each, rules.heads
        self.order_fields([*(c.value for c in Criterion), "hours_each", "heads"])

    def values(self) -> dict:
        """Return what the act takes."""
        data = self.cleaned_data
        weights = {criterion: data[criterion.value] for criterion in Criterion}
        return {"weights": weights, "hours_each": data["hours_each"], "heads": data["heads"]}


class WishForm(BaseForm):
    """A wish about a colleague; the curator may write it down in somebody's words."""

    author = forms.ModelChoiceField(Person.objects.none(), label="Чьё пожелание", empty_label="выберите человека")
    about = forms.ModelChoiceField(Person.objects.none(), label="О ком", empty_label="выберите коллегу")
    kind = forms.ChoiceField(label="Что сказать", choices=ColleagueWish.Kind.choices, widget=Segments)
    reason = forms.CharField(
        label="Почему",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=f"{Promise.COLLEAGUE_WISH.sentence}. Тот, о ком Вы пишете, не узнает ни слова, ни самой просьбы",
    )
    conditional = {"reason"}

    def __init__(self, *args, user, for_others: bool, **kwargs):
        super().__init__(*args, **kwargs)
        people = Person.objects.at_work().order_by("last_name", "first_name", "pk")
        names = [(person.pk, person.full_name) for person in people]
        others = [(pk, name) for pk, name in names if pk != user.person_id]
        about = self.fields["about"]
        about.queryset, about.choices = people, [("", "выберите коллегу"), *others]
        if for_others:
            author = self.fields["author"]
            author.queryset, author.choices = people, [("", "выберите человека"), *names]
            self.initial.setdefault("author", user.person_id)
        else:
            del self.fields["author"]

    def clean(self):
        data = super().clean() or {}
        if data.get("kind") in ("doubt", "avoid") and not data.get("reason", "").strip():
            words = upper_first("напишите в двух словах, почему: так куратор поймёт, кого предложить вместо")
            self.add_error("reason", words)
        return data
