"""Forms of the site's pages in the cabinet."""

from django import forms

from mentoring_site.forms import BaseModelForm, DateInput
from reports.models import News


class NewsForm(BaseModelForm):
    """A piece of news in Markdown."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9, initial=1)

    class Meta:
        model = News
        fields = ["title", "text", "published_on", "is_public"]
        widgets = {"published_on": DateInput, "text": forms.Textarea(attrs={"rows": 12})}
        help_texts = {
            "text": "Пустая строка начинает абзац, **слово** — жирное, «- » в начале строки — список. Имена — только с письменного согласия человека.",
            "published_on": "Раньше этого дня новость на сайте не появится",
        }
