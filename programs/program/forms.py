"""Forms of programmes: filters of the list, a new draft, its steps, activities, remarks and decisions."""

from django import forms

from mentoring_site.forms import FilterForm, choices_of
from mentoring_site.russian import school_year
from people.register.models import Person
from people.roles.models import RoleGrant
from people.school.models import Department
from programs.catalogs.models import MentoringKind
from programs.program.models import Program

ANY = [("", "все")]
ENDED = "ended"
SORTS = ("new", "old", "title", "start", "end", "state")


def area(rows):
    """Return a text area of so many rows."""
    return forms.Textarea(attrs={"rows": rows})


class ProgramFilters(FilterForm):
    """Search and filters above the list of programmes."""

    q = forms.CharField(
        label="Название или люди", required=False, max_length=120, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(
        label="Состояние", required=False, choices=[*ANY, *Program.State.choices, (ENDED, "закончены за год")]
    )
    department = forms.ChoiceField(label="Отделение", required=False)
    year = forms.TypedChoiceField(label="Учебный год", required=False, coerce=int, empty_value=None)
    curator = forms.ChoiceField(label="Куратор", required=False)
    kind = forms.ChoiceField(label="Вид", required=False)
    overdue = forms.ChoiceField(label="Сроки", required=False, choices=[*ANY, ("yes", "просроченные")])
    sort = forms.ChoiceField(required=False, choices=[(s, s) for s in SORTS], widget=forms.HiddenInput)

    def __init__(self, data, *, visible):
        super().__init__(data or None)
        found = choices_of(
            department=(Department.objects.filter(organisation__kind="own"), "name"),
            kind=(MentoringKind.objects.all(), "name"),
            curator=(Person.objects.filter(curated_programs__in=visible.order_by()).distinct(), "last_name"),
        )
        for name, options in found.items():
            self.fields[name].choices = ANY + options
        years = visible.order_by("-pairing__school_year").values_list("pairing__school_year", flat=True).distinct()
        self.fields["year"].choices = ANY + [(year, school_year(year)) for year in years]


def curators():
    """Return the persons who may be responsible for a programme: those with the curator's role today."""
    return Person.objects.filter(pk__in=RoleGrant.objects.live().filter(role="curator").values("person"))
