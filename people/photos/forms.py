"""The form of a photograph."""

from mentoring_site.files import KINDS, UploadFormField
from mentoring_site.forms import BaseForm


class PhotoField(UploadFormField):
    """A picture."""

    kinds = tuple(kind for kind in KINDS if kind.picture)
    words = "JPG или PNG"


class PhotoForm(BaseForm):
    """A photograph of a person for the public section."""

    photo = PhotoField(
        label="Фотография", help_text="JPG или PNG, до 20 МБ. Лицо — посередине: края обрежем до квадрата"
    )
