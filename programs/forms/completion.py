"""Forms of completion: reason, conclusion with outcomes, review, words for the public (п. 5.2, 7.1, 8.1)."""

from uuid import uuid4

from django import forms

from mentoring_site.forms import BaseForm, Segments
from programs.models import Completion, Outcome


def _text(label, rows=5, **more):
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **more)


class ProposeForm(BaseForm):
    """For whom the programme ends and why (п. 7.1)."""

    conditional = {"circumstances", "notice_on"}
    participation = forms.ModelChoiceField(
        queryset=None, label="Для кого завершается", empty_label=None, widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(label="Основание (п. 7.1 Положения)", widget=forms.RadioSelect)
    circumstances = forms.CharField(
        label="Уважительные обстоятельства",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Нужны для всех оснований, кроме выполненного плана",
    )
    notice_on = forms.DateField(
        label="Дата заявления", required=False, help_text="Для завершения по инициативе наставника или наставляемого"
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, participations, reasons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participation"].queryset = participations
        self.fields["participation"].label_from_instance = lambda p: p.person.full_name
        self.fields["participation"].initial = participations.first()
        self.fields["reason"].choices = [
            (value, label) for value, label in Completion.Reason.choices if value in reasons
        ]
        self.fields["request_key"].initial = uuid4

    def clean(self):
        data = super().clean()
        if data.get("reason") not in (None, "plan") and not (data.get("circumstances") or "").strip():
            self.add_error("circumstances", "Укажите уважительные обстоятельства (п. 7.1 Положения)")
        return data


class ConclusionForm(BaseForm):
    """The mentor's conclusion with an outcome for each difficulty."""

    conclusion = _text(
        "Заключение наставника", help_text="Чему научился человек, что получается, над чем работать дальше"
    )
    discipline = forms.CharField(
        label="Дисциплинированность и культура в работе (п. 5.2)",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    verdict = forms.ChoiceField(label="Вывод", choices=Completion.Verdict.choices, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)

    def __init__(self, *args, completion, difficulties, **kwargs):
        known = {o.difficulty_id: o for o in completion.outcomes.all()}
        super().__init__(*args, **kwargs)
        self.difficulties = difficulties
        for d in difficulties:
            earlier = known.get(d.pk)
            self.fields[f"level_{d.pk}"] = forms.ChoiceField(
                label=f"Затруднение «{d.text}»",
                choices=Outcome.Level.choices,
                widget=Segments,
                initial=earlier.level if earlier else None,
                error_messages={"required": "Выберите, что стало с затруднением"},
            )
            self.fields[f"comment_{d.pk}"] = forms.CharField(
                label="По чему это видно", max_length=500, required=False, initial=earlier.comment if earlier else ""
            )
        self.initial = {
            "conclusion": completion.conclusion,
            "discipline": completion.discipline,
            "verdict": completion.verdict,
            "version": completion.version,
        } | self.initial

    def outcomes(self) -> dict:
        """Return ``{pk of a difficulty: (level, comment)}`` as the act takes it."""
        return {
            d.pk: (self.cleaned_data[f"level_{d.pk}"], self.cleaned_data[f"comment_{d.pk}"]) for d in self.difficulties
        }


class ReviewForm(BaseForm):
    """The mentee's review."""

    review = _text(
        "Отзыв",
        help_text="Что помогло больше всего, чего не хватило. Видят участники, куратор, совет и директор; на сайте отзыв не появится",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)


class PublicTextForm(BaseForm):
    """Results in words for the site."""

    public_text = _text(
        "Результаты для сайта", 6, help_text="Что сделали и чего достигли. О затруднениях человека на сайте не пишут"
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)
