"""Sets of rows of one form: made only here, so that no request can ask for more rows than a page has.

Django builds up to a thousand rows more than ``max_num`` when a request says so; here it builds ``rows`` at most, and a
request with more is refused by the set's own error.
"""

from typing import Any

from django import forms
from django.db.models import Model


def formset(form: type[forms.Form], *, rows: int, extra: int) -> type[forms.BaseFormSet]:
    """Return a class of at most ``rows`` rows of a form, ``extra`` of them empty."""
    return forms.formset_factory(form, extra=extra, max_num=rows, absolute_max=rows, validate_max=True)


def inline_formset(
    parent: type[Model], model: type[Model], form: type[forms.ModelForm], *, rows: int, extra: int
) -> type[forms.BaseInlineFormSet]:
    """Return a class of at most ``rows`` rows that belong to one object and can be deleted."""
    made: Any = forms.inlineformset_factory(
        parent, model, form=form, extra=extra, can_delete=True, max_num=rows, absolute_max=rows, validate_max=True
    )
    return made
