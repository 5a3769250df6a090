"""The form of a photograph."""

from mentoring_site.files import PICTURES, UploadFormField
from mentoring_site.forms import BaseForm


class PhotoField(UploadFormField):
    """A picture."""

    kinds = PICTURES
    words = "JPG, PNG или HEIC"


class PhotoForm(BaseForm):
    """A photograph of a person for the public section."""

    photo = PhotoField(
        label="Фотография", help_text="JPG, PNG или HEIC, до 20 МБ. Лицо — посередине: края обрежем до квадрата"
    )
