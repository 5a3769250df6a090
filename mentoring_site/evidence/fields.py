"""The field of photographs and files: several at once, from the gallery, the folder or straight from the camera."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from mentoring_site.evidence.places import MOST
from mentoring_site.files import KINDS, UploadFormField
from mentoring_site.pictures import EVIDENCE_SIDE

TOO_MANY = f"Можно приложить не больше {MOST} файлов сразу"


class EvidenceInput(forms.ClearableFileInput):
    """An input that takes several files; on a telephone another of the same name opens the camera."""

    allow_multiple_selected = True
    needs_multipart_form = True


class EvidenceField(UploadFormField):
    """Photographs and files; pictures become no larger than a screen and forget where they were taken."""

    widget = EvidenceInput
    side = EVIDENCE_SIDE
    camera = ",".join(sorted({k.content_type for k in KINDS if k.picture}))  # what the second input accepts

    def __init__(self, **kwargs: Any):
        words = (
            f"Снимки и файлы, до {MOST}: {self.words}, каждый до 20\u00a0МБ. Снимки уменьшим, а место и время"
            " съёмки из них удалим"
        )
        super().__init__(**{"help_text": words, "required": False} | kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the uploads, each looked into; the errors name their file."""
        uploads = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(uploads) > MOST:
            raise forms.ValidationError(TOO_MANY, code="many")
        errors: list[str] = []
        for upload in uploads:
            try:
                super().clean(upload, initial)
            except forms.ValidationError as error:
                errors += [f"«{upload.name}»: {words}" if len(uploads) > 1 else words for words in error.messages]
        if errors:
            raise forms.ValidationError(errors)
        return uploads
