"""Forms of completion: reason, conclusion with outcomes, review, words for the public (п. 5.2, 7.1, 8.1)."""

from uuid import uuid4

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, Segments
from people.language.names import agree
from people.promises import Promise
from programs.changes.forms import VersionedForm, version_field
from programs.completion.acts import CHARACTERISTIC, CURATOR_REASONS, DATED, WITHOUT_CIRCUMSTANCES, closed_signs
from programs.completion.models import Completion, Outcome
from programs.pairings.models import Participation

WHOSE = {
    "mentor": "Обстоятельства наставника",
    "mentee": "Обстоятельства наставляемого",
    "both": "Обстоятельства обоих",
}


def _text(label, rows=5, **more):
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _point(label):
    """One line of the short characteristic in the mentor's report."""
    return forms.CharField(label=label, max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class CompletionForm(VersionedForm):
    """Parent of the forms about a completion as it was when the page was opened."""

    version = version_field()


class ProposeForm(BaseForm):
    """For whom the program ends and why (п. 7.1)."""

    terms = {"reason": "completion-reason"}
    conditional = {"circumstances", "notice_on", "whose"}
    participation = forms.ModelChoiceField(
        Participation.objects.none(), label="Для кого завершается", empty_label=None, widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(label="Основание (п.\u00a07.1 Положения)", widget=forms.RadioSelect)
    whose = forms.ChoiceField(
        label="Чьи обстоятельства",
        choices=[("mentor", "наставника"), ("mentee", "наставляемого"), ("both", "обоих")],
        required=False,
        widget=Segments,
        help_text="Для форс-мажора",
    )
    circumstances = forms.CharField(
        label="Уважительные обстоятельства",
        required=False,
        max_length=1900,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Не нужны, если план выполнен или отказывается наставник (статья 351.8 ТК РФ)",
    )
    notice_on = forms.DateField(
        label="Дата заявления или служебной записки",
        required=False,
        help_text="По инициативе наставника или наставляемого — заявление, по инициативе куратора — записка",
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, participations, reasons, dated: bool, **kwargs):
        """``dated``: whether the date of a paper is required (the curator records somebody else's notice)."""
        super().__init__(*args, **kwargs)
        self.dated = dated
        field = self.fields["participation"]
        field.queryset = participations
        field.label_from_instance = lambda p: p.person.full_name
        field.initial = participations.first()
        if len(participations) == 1:
            field.widget = forms.HiddenInput()
        self.fields["reason"].choices = [
            (value, label) for value, label in Completion.Reason.choices if value in reasons
        ]
        if "force" not in reasons:
            del self.fields["whose"]
        self.fields["notice_on"].widget.attrs |= {"max": timezone.localdate().isoformat()}
        self.fields["request_key"].initial = uuid4

    def clean(self):
        data = super().clean()
        reason = data.get("reason")
        if reason not in (None, *WITHOUT_CIRCUMSTANCES) and not (data.get("circumstances") or "").strip():
            self.add_error("circumstances", "Укажите уважительные обстоятельства (п. 7.1 Положения)")
        if reason == "force" and not data.get("whose"):
            self.add_error("whose", "Отметьте, чьи это обстоятельства (п. 7.1 Положения)")
        if self.dated and reason in DATED and not data.get("notice_on") and "notice_on" not in self.errors:
            memo = reason in CURATOR_REASONS
            self.add_error("notice_on", f"Укажите дату {'служебной записки' if memo else 'заявления'}")
        if reason == "force" and data.get("whose"):
            data["circumstances"] = f"{WHOSE[data['whose']]}. {data.get('circumstances') or ''}".strip()
        if reason == "plan":
            data["circumstances"] = ""
        return data


class ConclusionForm(CompletionForm):
    """The mentor's conclusion with an outcome for each difficulty."""

    conclusion = _text(
        "Заключение наставника", help_text="Чему научился человек, что получается, над чем работать дальше"
    )
    verdict = forms.ChoiceField(label="Вывод", choices=Completion.Verdict.choices, widget=forms.RadioSelect)
    norms = _point("Знание и применение нормативных актов (п.\u00a05.2)")
    motivation = _point("Заинтересованность и инициатива")
    independence = _point("Самостоятельность в решениях")
    discipline = _point("Дисциплинированность и культура в работе (п.\u00a05.2)")

    def __init__(self, *args, completion, difficulties, rated, **kwargs):
        """``rated`` maps the pk of a difficulty to the last ratings of both sides in words."""
        known = {o.difficulty_id: o for o in completion.outcomes.all()}
        closed = closed_signs(completion)
        super().__init__(*args, **kwargs)
        self.difficulties = difficulties
        asked = {}
        for d in difficulties:
            earlier = known.get(d.pk)
            asked[f"level_{d.pk}"] = forms.ChoiceField(
                label=f"Затруднение «{d.text}»",
                label_suffix="",
                choices=Outcome.Level.choices,
                widget=Segments,
                initial=earlier.level if earlier else (Outcome.Level.RESOLVED if d.pk in closed else None),
                help_text=rated.get(d.pk, ""),
                error_messages={"required": "Выберите, что стало с затруднением"},
            )
            asked[f"comment_{d.pk}"] = forms.CharField(
                label="По чему это видно",
                label_suffix="",
                max_length=500,
                required=False,
                initial=earlier.comment if earlier else closed.get(d.pk, ""),
            )
        self.fields = asked | self.fields
        gender = completion.participation.person.gender
        self.fields["verdict"].choices = [(value, agree(gender, words)) for value, words in Completion.Verdict.choices]
        self.initial = {
            "conclusion": completion.conclusion,
            **{name: getattr(completion, name) for name in (*CHARACTERISTIC, "discipline")},
            "verdict": completion.verdict,
            "version": completion.version,
        } | self.initial

    def points(self) -> dict:
        """Return the lines of the short characteristic as the act takes them."""
        return {name: self.cleaned_data[name] for name in CHARACTERISTIC}

    def outcomes(self) -> dict:
        """Return ``{pk of a difficulty: (level, comment)}`` as the act takes it."""
        return {
            d.pk: (self.cleaned_data[f"level_{d.pk}"], self.cleaned_data[f"comment_{d.pk}"]) for d in self.difficulties
        }


class ReviewForm(CompletionForm):
    """The mentee's review."""

    review = _text(
        "Отзыв",
        help_text=(f"Что помогло больше всего, чего не хватило. {Promise.REVIEW.sentence}; на сайте отзыв не появится"),
    )


class PublicTextForm(CompletionForm):
    """Results in words for the site."""

    public_text = _text(
        "Результаты для сайта",
        6,
        help_text=(
            "Что сделали и чего достигли. О затруднениях человека не пишут, имён не называют: их добавит система, если"
            " это письменно разрешено"
        ),
    )


class ApproveForm(CompletionForm):
    """The approval of the wording that was read."""
