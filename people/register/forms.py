"""Forms of the register: a person, a place of work, forms of a name, organisations and departments."""

from django import forms
from django.forms import ModelChoiceField
from django.utils import timezone

from mentoring_site.forms import BaseForm, BaseModelForm, DateInput, VersionedMixin
from people.language.declension import department_in, post_in
from people.language.name_text import clean_name, looks_like_remark
from people.language.names import CASES, PARTS, decline_parts
from people.language.posts import written_out
from people.promises import Promise
from people.register.likeness import another_name, other_names
from people.register.models import CASE_NAMES, Employment, Person
from people.register.phones import find_phone
from people.school.models import Department, Organisation

AS_TYPED = 60  # characters of a telephone with brackets, spaces and what stands beside it


class PersonForm(BaseModelForm):
    """What is known about a person. Names are corrected as by an import, doubts are reported."""

    class Meta:
        model = Person
        fields = [
            "last_name",
            "first_name",
            "middle_name",
            "gender",
            "birth_date",
            "phone",
            "email",
            "address",
            "education",
            "education_place",
            "category",
            "category_order",
            "extra_category",
            "teaching_since",
            "note",
        ]
        widgets = {"gender": forms.RadioSelect, "birth_date": DateInput, "teaching_since": DateInput}
        help_texts = {
            "middle_name": "Оставьте пустым, если отчества нет",
            "phone": f"В виде +79051234567. {Promise.CONTACTS.sentence}",
            "teaching_since": "С какой даты считается педагогический стаж; по нему видно молодого специалиста",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "gender" in self.fields:
            self.fields["gender"].choices = Person.Gender.choices
        if phone := self.fields.get("phone"):  # what is typed may be longer than what is kept
            self.fields["phone"] = forms.CharField(
                label=phone.label, help_text=phone.help_text, max_length=AS_TYPED, required=False
            )

    def _name(self, field):
        text, _ = clean_name(self.cleaned_data[field])
        if looks_like_remark(text):
            raise forms.ValidationError("Здесь только имя: примечание запишите в поле «Примечание»")
        return text

    def clean_last_name(self):
        """Mend the surname."""
        return self._name("last_name")

    def clean_first_name(self):
        """Mend the first name."""
        return self._name("first_name")

    def clean_middle_name(self):
        """Mend the patronymic."""
        return self._name("middle_name")

    def clean_phone(self):
        """Accept a phone as people write it, by the rule of loaded lists: 8 (905) 123-45-67, т. 905 123 45 67."""
        typed = self.cleaned_data["phone"]
        phone, rest = find_phone(typed)
        if phone and rest:
            raise forms.ValidationError(f"Здесь только один телефон: «{rest}» запишите в поле «Примечание»")
        if typed:
            Person._meta.get_field("phone").run_validators(phone or typed)
        return phone or typed

    def clean(self):
        """Check the dates against each other and against today."""
        data, today = super().clean(), timezone.localdate()
        born, since = data.get("birth_date"), data.get("teaching_since")
        if born and not 14 <= today.year - born.year <= 100:
            self.add_error("birth_date", "Проверьте дату рождения: возраст должен быть от 14 до 100 лет")
        if since and since > today:
            self.add_error("teaching_since", "Стаж не может начаться в будущем")
        if since and born and since.year - born.year < 14:
            self.add_error("teaching_since", "Стаж не может начаться раньше 14 лет")
        return data

    def _post_clean(self):
        """The act fills and validates the person: the form must not touch the row that it compares with."""

    def values(self) -> dict:
        """Return the fields for the acts ``enter`` and ``edit``."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class NewPersonForm(PersonForm):
    """A new person; says openly when somebody of the same name is another person."""

    field_order = [*PersonForm.Meta.fields, "namesake"]
    namesake = forms.BooleanField(
        label="Это другой человек, не тот, кто уже записан",
        required=False,
        help_text="Отмечайте, только если программа сказала, что такой человек есть",
    )


class EditPersonForm(VersionedMixin, PersonForm):
    """What is known about a person, with the version that the editor saw.

    A quite different name is asked about: a slip of the pen, or a name that has changed.
    """

    misspelt = forms.BooleanField(label="Раньше имя записали с ошибкой", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not (self.is_bound and other_names(self.instance, self.data)):
            del self.fields["misspelt"]

    def clean(self):
        """Refuse another name in a correction; what differs is told at its field."""
        data = super().clean()
        names = [] if data.get("misspelt") else other_names(self.instance, data)
        if names:
            self.add_error(names[0], another_name(self.instance, names))
        return data

    def values(self) -> dict:
        """Return the fields for the act ``edit``."""
        return super().values() | {"misspelt": self.cleaned_data.get("misspelt", False)}


class RenameForm(VersionedMixin, PersonForm):
    """Another name of the same person; the former one is kept."""

    until = forms.DateField(
        label="Последний день прежнего имени", required=False, widget=DateInput, help_text="Если известен"
    )
    basis = forms.CharField(
        label="Основание",
        required=False,
        max_length=200,
        help_text="Например: свидетельство о заключении брака от 14 ноября 2026 г.",
    )

    class Meta(PersonForm.Meta):
        fields = ["last_name", "first_name", "middle_name"]
        help_texts = {"middle_name": "Оставьте пустым, если отчества нет"}
        labels = {"last_name": "Новая фамилия", "first_name": "Имя", "middle_name": "Отчество"}

    def clean_until(self):
        """A name that is borne still has not ended."""
        until = self.cleaned_data["until"]
        if until and until > timezone.localdate():
            raise forms.ValidationError("Этот день ещё не наступил: смените имя, когда оно сменится по документам")
        return until

    def values(self) -> dict:
        """Return what the act ``rename_person`` takes."""
        return super().values() | {"until": self.cleaned_data["until"], "basis": self.cleaned_data["basis"]}


class DepartmentChoice(ModelChoiceField):
    """Departments with their organisation, because two schools may have a piano department each."""

    def label_from_instance(self, obj):
        """«Фортепианное отделение», of another organisation with its name."""
        return (
            obj.name
            if obj.organisation.kind == Organisation.Kind.OWN
            else f"{obj.name} ({obj.organisation.short_name})"
        )


class EmploymentForm(BaseModelForm):
    """A place of work."""

    department = DepartmentChoice(Department.objects.select_related("organisation"), label="Отделение", required=False)

    class Meta:
        model = Employment
        fields = ["organisation", "department", "post", "is_teaching", "kind", "since", "until"]
        widgets = {"since": DateInput, "until": DateInput}
        help_texts = {"post": "Полностью, с маленькой буквы: преподаватель по классу фортепиано"}

    def clean_post(self):
        """Stray spaces go; abbreviations are written out by the rule of loaded lists: «преп.», «и. о.»."""
        return written_out(" ".join(self.cleaned_data["post"].split()))

    def clean(self):
        """A department belongs to its organisation; an end comes after the beginning."""
        data = super().clean()
        organisation, department = data.get("organisation"), data.get("department")
        if organisation and department and department.organisation_id != organisation.pk:
            self.add_error("department", f"Это отделение другой организации: {department.organisation}")
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", "Работа не может закончиться раньше, чем началась")
        return data

    def _post_clean(self):
        """The act fills and validates the place of work."""

    def values(self) -> dict:
        """Return the fields for the acts ``employ`` and ``edit_employment``."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class EditEmploymentForm(VersionedMixin, EmploymentForm):
    """A place of work, with the version that the editor saw."""


class NameFormsForm(VersionedMixin, BaseForm):
    """Forms of a name in five cases, part by part, and of current posts; an empty field means the form by the rules."""

    def __init__(self, *args, person, stored, posts=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.person, self.posts = person, list(posts)
        words = {"last": "фамилия", "first": "имя", "middle": "отчество"}
        for case in CASES[1:]:
            rule = decline_parts(person.last_name, person.first_name, person.middle_name, person.gender, case)
            for part in PARTS:
                if part == "middle" and not person.middle_name:
                    continue
                corrected = (stored.get(case) or {}).get(part)
                field = forms.CharField(label=words[part], max_length=120, required=False)
                field.initial, field.quiet = corrected or getattr(rule, part), True
                field.widget.attrs["autocomplete"] = "off"
                self.fields[f"{case}_{part}"] = field
        for n, post in enumerate(self.posts):
            for case in CASES[1:]:
                self.fields[f"post{n}_{case}"] = _form_field(CASE_NAMES[case], post_in(person, post, case))

    def rows(self) -> list[dict]:
        """Rows of the table: the case and its fields."""
        labels = dict(CASE_WORDS)
        return [
            {"label": labels[c], "fields": [self[f"{c}_{p}"] for p in PARTS if f"{c}_{p}" in self.fields]}
            for c in CASES[1:]
        ]

    def post_rows(self) -> list[dict]:
        """Rows of the table of posts: the post and its fields in five cases."""
        return [
            {"label": post, "fields": [self[f"post{n}_{c}"] for c in CASES[1:]]} for n, post in enumerate(self.posts)
        ]

    def forms_of_posts(self) -> dict:
        """Return the posts for the act ``correct_names``."""
        return {
            post: {c: self.cleaned_data.get(f"post{n}_{c}", "") for c in CASES[1:]} for n, post in enumerate(self.posts)
        }

    def forms_of_name(self) -> dict:
        """Return what the act ``correct_names`` takes."""
        return {c: {p: self.cleaned_data.get(f"{c}_{p}", "") for p in PARTS} for c in CASES[1:]}


def _form_field(label, form):
    field = forms.CharField(label=label, max_length=200, required=False, initial=form)
    field.quiet = True
    field.widget.attrs["autocomplete"] = "off"
    return field


CASE_WORDS = [
    ("genitive", "Родительный: приказ в отношении кого?"),
    ("dative", "Дательный: поручить кому?"),
    ("accusative", "Винительный: назначить кого?"),
    ("instrumental", "Творительный: в паре с кем?"),
    ("prepositional", "Предложный: сведения о ком?"),
]


class OrganisationForm(BaseModelForm):
    """A partner organisation (п. 1.2)."""

    class Meta:
        model = Organisation
        fields = ["name", "short_name", "kind", "city"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [c for c in Organisation.Kind.choices if c[0] != Organisation.Kind.OWN]


class DepartmentForm(BaseModelForm):
    """A department of an organisation."""

    class Meta:
        model = Department
        fields = ["organisation", "name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for case in CASES[1:] if self.instance.pk else ():
            self.fields[case] = _form_field(
                f"{CASE_NAMES[case].capitalize()} падеж", department_in(self.instance, case)
            )

    def clean(self):
        """Gather the forms by case; those of another name are declined again."""
        data = super().clean()
        typed = {case: data.pop(case, "") for case in CASES[1:] if case in data}
        data["forms"] = typed if data.get("name") == self.initial.get("name") else {}
        return data
