"""The form by which a finding is let stand."""

from django import forms

from mentoring_site.forms import BaseForm


class OverruleForm(BaseForm):
    """Why the words are right after all."""

    reason = forms.CharField(
        label="Почему это верно",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Останется в истории приказа и будет видно тому, кто визирует",
    )
    never_printed = frozenset({"reason"})
