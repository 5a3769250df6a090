"""Forms of best practices."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from mentoring_site.forms import BaseForm, BaseModelForm, OnceMixin, VersionedMixin
from people.promises import Promise
from people.register.fields import offer_people
from people.register.models import Person
from roadmap.events.models import Event
from roadmap.practices.models import Practice, PracticeAuthor


class _TextsForm(BaseModelForm):
    """The words of a practice."""

    class Meta:
        model = Practice
        fields = Practice.TEXTS
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "problem": forms.Textarea(attrs={"rows": 6}),
            "done": forms.Textarea(attrs={"rows": 8}),
            "result": forms.Textarea(attrs={"rows": 6}),
            "figures": forms.Textarea(attrs={"rows": 5}),
            "advice": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "title": "Чтобы коллега из другой школы понял, о чём речь: «Как ученики перестали бояться чтения с листа»",
            "summary": "Две строки для списка",
            "problem": "Своими словами и без имён учеников. Затруднения из анкет на сайте дословно не повторяют",
            "done": "Что делали наставник и наставляемый, в каком порядке, что оказалось главным",
            "result": "Что изменилось и по чему это видно",
            "figures": "По одной цифре в строке",
            "advice": "Кому это подойдёт, что нужно иметь, чего не стоит повторять",
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["title"]
        field.help_text = f"{field.help_text}. {Promise.PRACTICE.sentence}"


class NewForm(OnceMixin, _TextsForm):
    """A practice from scratch."""


class EditForm(VersionedMixin, _TextsForm):
    """A practice in work."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


class AuthorForm(BaseForm):
    """Whom to name, as whom, how on the site."""

    person = forms.ModelChoiceField(Person.objects.none(), label="Кто", empty_label="—")
    part = forms.ChoiceField(
        label="В каком качестве", choices=PracticeAuthor.Part, widget=forms.RadioSelect, initial="council"
    )
    shown = forms.ChoiceField(
        label="Как назвать на сайте", choices=PracticeAuthor.Shown, widget=forms.RadioSelect, initial="post"
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        people = Person.objects.at_work().order_by("last_name", "first_name", "pk")
        offer_people(self, "person", people)
        self.fields[
            "person"
        ].help_text = (
            "Автор читает черновик и правит его вместе с другими; наставляемый читает и решает, как его назвать"
        )


class ShownForm(BaseForm):
    """How a visitor is told of an author."""

    shown = forms.ChoiceField(label="Как назвать на сайте", choices=PracticeAuthor.Shown, widget=forms.RadioSelect)


class ReviewForm(BaseForm):
    """What the council decides."""

    decision = forms.ChoiceField(
        label="Решение",
        choices=[("accept", "Принять в копилку"), ("send_back", "Вернуть с замечаниями")],
        widget=forms.RadioSelect,
    )
    remarks = forms.CharField(
        label="Замечания",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"При возврате: что поправить. {Promise.PRACTICE.sentence}",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)


class NominateForm(BaseForm):
    """Where and when a practice was nominated."""

    event = forms.ModelChoiceField(
        Event.objects.none(),
        label="Событие школы",
        required=False,
        empty_label="другое, назову ниже",
        help_text="Круглый стол или конференция, которые прошли",
    )
    on = forms.DateField(label="Когда", required=False)
    where = forms.CharField(
        label="Где",
        max_length=200,
        required=False,
        help_text="Если события нет в списке. Например: круглый стол «Итоги года наставничества»",
    )
    into_bank = forms.BooleanField(
        label="Решено взять в копилку", required=False, help_text="Принятая советом практика остаётся в копилке и так"
    )

    conditional = {"on", "where"}

    def __init__(self, *args: Any, events: QuerySet[Event], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["event"]
        field.queryset = events
        self.fields["into_bank"].initial = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("event"):
            for name, words in (("on", "Укажите день"), ("where", "Выберите событие или напишите, где")):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return data


class PublishForm(BaseForm):
    """Whether materials are shown too."""

    files: Any = forms.BooleanField(
        label="Показать и материалы",
        required=False,
        help_text="Отметьте, если в файлах нет имён, лиц и других сведений о людях",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)


class TakeDownForm(BaseForm):
    """Why a practice leaves the site."""

    reason = forms.CharField(
        label="Почему", max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text=Promise.PRACTICE.sentence
    )
