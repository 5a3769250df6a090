"""Forms of stacks of scans."""

from django import forms

from mentoring_site.forms import BaseForm
from reports.orders.scans.acts import MAX_PAGES


class FilesInput(forms.ClearableFileInput):
    """An input that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; what is in them is checked by the act that takes them."""

    widget = FilesInput

    def clean(self, data, initial=None):
        """Return a list of uploads."""
        clean = super().clean
        files = data if isinstance(data, list | tuple) else [data]
        return [clean(one, initial) for one in files if one] or [clean(None, initial)]


class ScansForm(BaseForm):
    """One or many files from the scanner."""

    files = FilesField(
        label="Файлы со сканера",
        help_text=f"PDF, JPG или PNG, каждый до 20 МБ, вместе до {MAX_PAGES} страниц. Годится и один PDF на всю стопку",
    )
