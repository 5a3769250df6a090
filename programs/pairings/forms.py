"""Forms of pairs and groups: the list's filters, a proposal, an answer in confidence, decisions of the council."""

from uuid import uuid4

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, Segments
from mentoring_site.paper_numbers import NumberFormField
from mentoring_site.russian import rudate, upper_first
from people.banks.models import Topic
from people.promises import Promise
from people.school.models import Department
from programs.pairings.terms import LIMITS, bounds, term_complaint


class ChoiceFilters(BaseForm):
    """Filters of the choosing page."""

    q = forms.CharField(
        label="Наставляемый", required=False, max_length=120, widget=forms.TextInput(attrs={"type": "search"})
    )
    department = forms.ChoiceField(label="Отделение", required=False)
    topic = forms.ChoiceField(label="Тема", required=False)

    def __init__(self, data):
        super().__init__(data or None)
        querysets = {
            "department": Department.objects.filter(organisation__kind="own"),
            "topic": Topic.objects.filter(is_open=True),
        }
        for field, queryset in querysets.items():
            options = sorted(queryset.order_by().values_list("pk", "name"), key=lambda option: option[1].lower())
            self.fields[field].choices = [("", "все"), *options]


class TermsForm(BaseForm):
    """What is agreed about a proposal whose people are chosen already: topics, reasons, the term."""

    terms = {"topics": "topics"}
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(),
        label="По каким вопросам работает пара",
        widget=forms.CheckboxSelectMultiple,
        help_text="Темы подтвердит методический совет (п. 3.5 Положения)",
    )
    why = forms.CharField(
        label="Почему эти люди подходят друг другу",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"{Promise.PAIRING_REASONS.sentence}. Участникам этот текст не показывается",
    )
    planned_from = forms.DateField(label="Работают с")
    planned_to = forms.DateField(label="Работают по", help_text=upper_first(LIMITS))
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, topics=None, **kwargs):
        """``topics``: keys and names that were read already, for many forms on one page."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("request_key", uuid4())
        self.fields["topics"].queryset = Topic.objects.filter(is_open=True)
        if topics is not None:
            self.fields["topics"].choices = topics

    def clean(self):
        data = super().clean()
        start, end = data.get("planned_from"), data.get("planned_to")
        if start and end and (wrong := term_complaint(start, end)):
            earliest, latest = bounds(start)
            self.add_error("planned_to", f"{wrong}. Годится любой день с {rudate(earliest)} по {rudate(latest)}")
        return data


class ProposeForm(TermsForm):
    """One proposal, with the criterion for every mentee."""

    fits = forms.MultipleChoiceField(
        label="Профиль или опыт наставника отвечает запросам",
        widget=forms.CheckboxSelectMultiple,
        help_text="Критерий п. 6.1 Положения: отметьте каждого наставляемого",
    )
    field_order = ["topics", "why", "fits", "planned_from", "planned_to"]

    def __init__(self, *args, mentees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fits"].choices = [(str(m.pk), _requests(m)) for m in mentees]

    def clean_fits(self):
        marked = self.cleaned_data["fits"]
        missing = [words for pk, words in self.fields["fits"].choices if pk not in marked]
        if missing:
            raise forms.ValidationError(
                f"Не подтверждено: {'; '.join(missing)}. Если не отвечает, выберите другого наставника"
            )
        return marked


class FitsForm(BaseForm):
    """The criterion of п. 6.1 for all proposals of a set at once."""

    fits = forms.BooleanField(
        label="Профиль или опыт каждого наставника отвечает запросам того, кого он поддержит",
        help_text="Критерий п. 6.1 Положения. Если у кого-то не отвечает, вернитесь и выберите другого наставника",
    )


def _requests(mentee) -> str:
    requests = [s.text for s in mentee.statements.all() if s.kind == "request"]
    return f"{mentee.person.short_name}: " + ("; ".join(f"«{text}»" for text in requests) or "запросов нет")


class AnswerForm(BaseForm):
    """An answer in confidence (п. 6.1)."""

    wish = forms.ChoiceField(
        label="Хотите ли Вы работать вместе?", choices=[("yes", "Да, хочу"), ("no", "Нет")], widget=Segments
    )
    reason = forms.CharField(
        label="Почему",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Для ответа «нет» обязательно. {Promise.ANSWER.sentence}; другим участникам не показывается ничего",
    )
    conditional = {"reason"}

    def __init__(self, *args, about=None, **kwargs):
        super().__init__(*args, **kwargs)
        if about:
            self.fields["wish"].label = f"Что отвечает {about}?"
            self.fields["wish"].choices = [("yes", "Да, хочет"), ("no", "Нет")]

    def clean(self):
        data = super().clean()
        if data.get("wish") == "no" and not data.get("reason", "").strip():
            self.add_error("reason", "Напишите, почему нет: это поможет подобрать другую пару")
        return data


class AnswersForm(BaseForm):
    """What several participants have said, one after another; who has not said anything yet is left out."""

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        for p in people:
            wish: forms.Field = forms.ChoiceField(
                label=p.person.full_name, choices=[("yes", "Да, хочет"), ("no", "Нет")], widget=Segments, required=False
            )
            why: forms.Field = forms.CharField(
                label="Почему нет",
                required=False,
                max_length=2000,
                help_text=f"Только для ответа «нет». {Promise.ANSWER.sentence}",
            )
            for name, field in ((f"wish_{p.pk}", wish), (f"reason_{p.pk}", why)):
                self.fields[name] = field
                self.prepare(name, field)
                vars(field)["quiet"] = True

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if not self.errors and not any(data.get(f"wish_{p.pk}") for p in self.people):
            raise forms.ValidationError("Отметьте ответ хотя бы одного человека")
        for p in self.people:
            if data.get(f"wish_{p.pk}") == "no" and not data.get(f"reason_{p.pk}", "").strip():
                self.add_error(f"reason_{p.pk}", "Напишите, почему нет: это поможет подобрать другую пару")
        return data

    def said(self) -> list[tuple]:
        """Return ``(participation, wish, reason)`` of those who answered; a refusal comes last and closes the pair."""
        data = self.cleaned_data
        found = [(p, data[f"wish_{p.pk}"], data[f"reason_{p.pk}"]) for p in self.people if data[f"wish_{p.pk}"]]
        return sorted(found, key=lambda row: row[1] == "no")


class DutiesForm(BaseForm):
    """Whose consents to the duties are signed on paper; scans may be attached later."""

    signed = forms.TypedMultipleChoiceField(
        label="Чьи согласия подписаны", coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    given_on = forms.DateField(label="Дата на согласиях", initial=timezone.localdate)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["signed"].choices = [(p.pk, f"{p.person.full_name}, {p.part_word}") for p in people]
        self.fields["signed"].quiet = True


class TopicsForm(BaseForm):
    """The council confirms or corrects topics (п. 3.5)."""

    terms = {"topics": "topics"}
    topics = forms.ModelMultipleChoiceField(Topic.objects.none(), label="Темы", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, chosen=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = Topic.objects.filter(is_open=True) | Topic.objects.filter(
            pk__in=[t.pk for t in chosen]
        )
        self.initial.setdefault("topics", [t.pk for t in chosen])


class MinutesForm(BaseForm):
    """The council's minutes: signed ones that name the very pairing or program, or number and date by hand."""

    conditional = {"minutes", "minutes_number", "minutes_date"}
    minutes = forms.ChoiceField(label="Каким протоколом", required=False, widget=forms.RadioSelect)
    minutes_number = NumberFormField(label="Номер протокола", required=False)
    minutes_date = forms.DateField(label="Дата протокола", required=False)

    def __init__(self, *args, decided_on, **kwargs):
        """Take the program or pairing that the council decided on."""
        super().__init__(*args, **kwargs)
        self.signed = {str(item.pk): item.minutes for item in decided_in(decided_on)}
        if not self.signed:
            del self.fields["minutes"]
            return
        rows = [
            (key, f"Протокол №\u00a0{m.number} заседания {m.body_genitive} от\u00a0{rudate(m.held_on)}")
            for key, m in self.signed.items()
        ]
        self.fields["minutes"].choices = [*rows, ("", "Другой: записать номер и дату")]
        self.initial.setdefault("minutes", rows[0][0])
        self.fields["minutes_number"].help_text = "Только если протокола нет среди подписанных"

    def clean(self):
        data = super().clean()
        chosen = self.signed.get(data.pop("minutes", "") or "")
        if chosen is not None:
            return {"minutes_number": str(chosen.number), "minutes_date": chosen.held_on}
        for name, words in (("minutes_number", "Заполните это поле"), ("minutes_date", "Укажите дату")):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, words)
        return data


def decided_in(decided_on) -> list:
    """Return the questions of signed minutes about a program or pairing, the latest first: a higher fact, shown."""
    found = decided_on.agenda_items.filter(minutes__state="signed").select_related("minutes")
    return list(found.order_by("-minutes__held_on", "-pk"))


class ReasonForm(BaseForm):
    """A reason of a refusal; without it nothing is turned down."""

    reason = forms.CharField(
        label="Причина",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"{Promise.PAIRING_REASONS.sentence}. Участники узнают только, что предложение закрыто",
    )
