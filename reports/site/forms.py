"""Forms of the site's pages in the cabinet."""

from typing import Any

from django import forms

from mentoring_site.forms import BaseModelForm, DateInput, VersionedMixin
from reports.site.models import News


class NewsForm(VersionedMixin, BaseModelForm):
    """A piece of news in Markdown."""

    class Meta:
        model = News
        fields = ["title", "text", "published_on", "is_public"]
        widgets = {"published_on": DateInput, "text": forms.Textarea(attrs={"rows": 12})}
        help_texts = {
            "text": (
                "Пустая строка начинает абзац, **слово** — жирное, «- » в начале строки — список. Новость, которая"
                " называет участника без его письменного согласия, на сайте не появится."
            ),
            "published_on": "Раньше этого дня новость на сайте не появится",
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
