"""Forms of the site's pages in the cabinet."""

from typing import Any

from django import forms

from mentoring_site.forms import BaseModelForm, DateInput, VersionedMixin
from reports.site.models import News


class NewsForm(VersionedMixin, BaseModelForm):
    """A piece of news in Markdown; who only drafts is not asked whether it stands on the site."""

    external_url = forms.URLField(
        label="Где ещё опубликовано",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Страница отдела образования, министерства, газеты",
    )
    social_url = forms.URLField(
        label="Запись в социальной сети",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Ссылка на запись на странице школы во ВКонтакте или другой сети",
    )

    class Meta:
        model = News
        fields = [
            "title",
            "text",
            "published_on",
            "is_public",
            "stage",
            "level",
            "external_url",
            "social_url",
        ]
        widgets = {"published_on": DateInput, "text": forms.Textarea(attrs={"rows": 12})}
        help_texts = {
            "text": (
                "Пустая строка начинает абзац, **слово** — жирное, «- » в начале строки — список. Новость, которая"
                " называет участника без его письменного согласия, на сайте не появится."
            ),
            "published_on": "Раньше этого дня новость на сайте не появится",
            "stage": "О каком этапе года рассказывает новость: этап без новостей показан на дорожной карте",
            "level": "Если об этом написали город или республика, укажите ниже их страницу",
        }

    def __init__(self, *args: Any, publishes: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not publishes:
            del self.fields["is_public"]
        self.initial["version"] = self.instance.version
        self.fields["level"].required = False

    def clean_level(self) -> str:
        """News are the school's own unless another level is chosen."""
        return self.cleaned_data["level"] or News.Level.SCHOOL

    def clean(self) -> dict[str, Any]:
        """A level beyond the school is proved by its page."""
        data = super().clean() or {}
        beyond = data.get("level") not in (None, News.Level.SCHOOL)
        if beyond and not data.get("external_url") and "external_url" not in self.errors:
            self.add_error("external_url", "Укажите страницу, где об этом написали: без неё уровень — школа")
        return data
