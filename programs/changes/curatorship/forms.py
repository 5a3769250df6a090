"""The form that names another curator."""

from typing import Any

from django import forms

from mentoring_site.forms import BaseForm
from people.register.models import Person
from programs.program.forms import curators
from programs.program.models import Program
from programs.program.rules import parties


class CuratorForm(BaseForm):
    """Who leads the program from now on."""

    curator = forms.ModelChoiceField(Person.objects.none(), label="Кто ведёт программу дальше", empty_label="Выберите")

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["curator"]
        field.queryset = curators().exclude(pk__in={program.curator_id, *parties(program)})
        field.label_from_instance = lambda person: person.full_name
