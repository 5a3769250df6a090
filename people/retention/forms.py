"""The form of one row of the table of terms."""

from django import forms

from mentoring_site.forms import BaseModelForm, OnceMixin, VersionedMixin
from people.retention.models import RetentionTerm


class TermFields(BaseModelForm):
    """How long documents of one kind are kept, by which article."""

    conditional = {"years"}

    class Meta:
        model = RetentionTerm
        fields = ["documents", "kind", "years", "by_commission", "from_day", "article", "note"]
        widgets = {"kind": forms.RadioSelect}
        labels = {"kind": "Сколько хранить"}
        help_texts = {
            "years": "Нужно, только если срок в годах",
            "article": "Например: Перечень № 236, ст. 434, п. «а»",
            "by_commission": "Тогда система ничего не предлагает уничтожить сама",
        }

    def _post_clean(self):
        """The act checks the row; the constraints are about the row after it."""


class NewTermForm(OnceMixin, TermFields):
    """A kind of documents that the list does not name."""


class TermForm(VersionedMixin, TermFields):
    """A row as it stands."""
