"""Forms of the legal base."""

import re
from datetime import date
from typing import Any

from django import forms

from mentoring_site.files import UploadFormField
from mentoring_site.forms import BaseForm, BaseModelForm, DateInput, OnceMixin, VersionedMixin
from roadmap.legal_base.models import LegalAct

ARTICLES_AT_MOST = 60
_DAY = r"(\d{2})\.(\d{2})\.(\d{4})"
_ARTICLE = re.compile(
    rf"(?P<number>\d+(?:\.\d+)?)(?: с (?P<since>{_DAY}))?(?: до (?P<until>{_DAY}))?(?: [—–-] (?P<about>.+))?"
)


class ArticlesField(forms.CharField):
    """Articles, one a line: «351.8 с 01.03.2025 — особенности труда наставников»."""

    def __init__(self, **kwargs: Any):
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 5}), max_length=8000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show stored articles as lines."""
        if isinstance(value, list):
            return "\n".join(article.in_words for article in LegalAct(articles=value).article_list)
        return value

    def clean(self, value: Any) -> Any:
        """Return the rows of ``LegalAct.articles``; a line that is none is named."""
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > ARTICLES_AT_MOST:
            raise forms.ValidationError(f"Не больше {ARTICLES_AT_MOST} статей")
        return [_article(line) for line in lines]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial or []) != (data or "")


def _article(line: str) -> dict[str, Any]:
    found = _ARTICLE.fullmatch(line)
    if not found:
        raise forms.ValidationError(f"Не похоже на статью: «{line}». Например: 351.8 с 01.03.2025 — о наставничестве")
    return {
        "number": found["number"],
        "about": (found["about"] or "").strip(),
        "since": _iso(found["since"]),
        "ends_on": _iso(found["until"]),
    }


def _iso(text: str | None) -> str | None:
    if not text:
        return None
    day, month, year = text.split(".")
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError as error:
        raise forms.ValidationError(f"Такой даты нет: {text}") from error


class LegalActForm(BaseModelForm):
    """An act: what it is, where to read it, from when it is in force, what is doubtful about it."""

    articles = ArticlesField(
        label="Статьи, на которые ссылаются бумаги",
        help_text="По одной в строке, например: 351.8 с 01.03.2025 — о наставничестве. Пусто — можно на любую",
    )
    url = forms.URLField(label="Ссылка на текст", required=False, assume_scheme="https", max_length=500)
    upload = UploadFormField(label="Файл с текстом", required=False)
    never_printed = frozenset({"doubt"})

    class Meta:
        model = LegalAct
        fields = [
            "level",
            "is_guidance",
            "kind",
            "number",
            "date",
            "edition",
            "title",
            "articles",
            "since",
            "note",
            "in_regulation",
            "is_public",
            "misprint",
            "doubt",
        ]
        widgets = {
            "date": DateInput,
            "edition": DateInput,
            "since": DateInput,
            "title": forms.Textarea(attrs={"rows": 2}),
            "doubt": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "kind": "Как пишут перед датой: «Указ Президента Российской Федерации». Для кодекса — просто «Кодекс»",
            "number": "Как напечатан: «273-ФЗ», «Р-33», «АЗ-1128/08 и 657»",
            "title": "Без кавычек по краям",
            "since": "Если иначе, чем с даты акта",
            "misprint": "Слова, которых в бумагах быть не должно: проверка текста найдёт их перед подписью",
            "doubt": "Что не проверено или расходится. Решает директор, до этого Положение с этим актом не подпишут",
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["url"].initial = self.instance.url

    def clean_kind(self) -> str:
        """«кодекс» is the word by which codes are known."""
        kind = " ".join(self.cleaned_data["kind"].split())
        return f"{kind[:1].upper()}{kind[1:]}"

    def clean_title(self) -> str:
        """One line without the outer quotes, which papers add."""
        title = " ".join(self.cleaned_data["title"].split())
        whole = title.startswith("«") and title.endswith("»") and title.count("«") == title.count("»") == 1
        return title[1:-1] if whole else title

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("number") and not data.get("title"):
            self.add_error("number", "Укажите номер или название, чтобы на акт можно было сослаться")
        edition, day = data.get("edition"), data.get("date")
        if edition and day and edition < day:
            self.add_error("edition", "Редакция не может быть раньше самого акта")
        return data

    def values(self) -> dict[str, Any]:
        """Return the columns of a valid form."""
        return {name: self.cleaned_data[name] for name in [*self.Meta.fields, "url"]}


class NewLegalActForm(OnceMixin, LegalActForm):
    """A new act; a twin by number and date is asked about."""


class LegalActEditForm(VersionedMixin, LegalActForm):
    """An act with the version that was shown."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version


class EndForm(VersionedMixin, BaseForm):
    """From which day an act is out of force, and why."""

    ends_on = forms.DateField(label="Не действует с", help_text="Первый день, когда на акт ссылаться уже нельзя")
    reason = forms.CharField(label="Почему", max_length=300, help_text="Например: утратил силу, истёк срок действия")
    replaced_by = forms.ModelChoiceField(
        LegalAct.objects.none(), label="Чем заменён", required=False, empty_label="ничем или не внесено"
    )

    def __init__(self, *args: Any, act: LegalAct, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = act.version
        self.fields["ends_on"].initial = act.ends_on
        self.fields["reason"].initial = act.end_reason
        others: Any = self.fields["replaced_by"]
        others.queryset = LegalAct.objects.of_school().exclude(pk=act.pk)
        others.initial = act.replaced_by_id
        others.label_from_instance = lambda other: other.short_name


class ReviveForm(VersionedMixin, BaseForm):
    """Why an act is in force again."""

    reason = forms.CharField(label="Почему акт снова действует", max_length=300)

    def __init__(self, *args: Any, act: LegalAct, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = act.version


class SettleForm(VersionedMixin, BaseModelForm):
    """How the director settles a doubt: the particulars as papers shall cite them, and the decision in words."""

    settled = forms.CharField(
        label="Как решено",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Например: сверено с официальной публикацией, в тексте Положения дату исправить",
    )

    class Meta:
        model = LegalAct
        fields = ["number", "date", "title", "misprint"]
        widgets = {"date": DateInput, "title": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "number": "Так акт будут называть все бумаги",
            "misprint": "Слова, которых в бумагах быть не должно. Сотрите, если решено оставить их",
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["settled"].initial = ""

    def values(self) -> dict[str, Any]:
        """Return the columns of a valid form."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
