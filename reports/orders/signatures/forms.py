"""The form of a detached signature."""

from django import forms

from mentoring_site.forms import BaseForm
from reports.orders.signatures.acts import check_signature


class SignatureForm(BaseForm):
    """A file of a detached signature made outside."""

    file = forms.FileField(label="Файл подписи", help_text="Отсоединённая подпись: файл .sig или .p7s, до 1 МБ")

    def clean_file(self):
        upload = self.cleaned_data["file"]
        self.data_of_file = check_signature(upload)
        return upload
