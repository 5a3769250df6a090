"""Forms of the site's pages in the cabinet."""

from django import forms

from mentoring_site.forms import BaseModelForm, DateInput
from reports.site.models import News


class NewsForm(BaseModelForm):
    """A piece of news in Markdown."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9, initial=1)

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

    def show_newer(self, version: int) -> None:
        """Let the next press write over what the reader has now seen."""
        self.data = self.data.copy()
        self.data["version"] = str(version)
