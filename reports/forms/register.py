"""Forms of the register: the journal, numbers without an order, signatures made outside, stacks of scans, local acts."""

from django import forms
from django.utils import timezone

from mentoring_site.files import UploadFormField
from mentoring_site.forms import BaseForm, Many
from people.models import Person
from reports.models import LocalAct, Order, SetAside
from reports.orders.detached import check_signature
from reports.orders.numbers import LARGEST
from reports.orders.readers import AUDIENCE
from reports.orders.scans import MAX_PAGES


class JournalForm(BaseForm):
    """Which journal of registration to read or print."""

    year = forms.TypedChoiceField(label="Год", coerce=int)
    series = forms.ChoiceField(label="Серия", choices=Order.Series.choices)

    def __init__(self, data, *, years):
        super().__init__(data)
        self.fields["year"].choices = [(y, str(y)) for y in years]


class NumberForm(BaseForm):
    """A number that no order will bear, or numbers of the school's other orders."""

    kind = forms.ChoiceField(
        label="Что с номером", choices=SetAside.Kind.choices, initial="cancelled", widget=forms.RadioSelect
    )
    series = forms.ChoiceField(label="Серия", choices=Order.Series.choices)
    year = forms.IntegerField(label="Год", min_value=2000)
    first = forms.IntegerField(label="Номер", min_value=1, max_value=LARGEST)
    last = forms.IntegerField(
        label="По номер",
        required=False,
        min_value=1,
        max_value=LARGEST,
        help_text="Только для номеров других приказов, если их несколько подряд",
    )
    reason = forms.CharField(
        label="Причина", max_length=300, help_text="Останется в журнале, например: испорчен бланк; приказы об отпусках"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = timezone.localdate().year

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise forms.ValidationError("Этот год ещё не наступил")
        return year


class SignatureForm(BaseForm):
    """A file of a detached signature made outside."""

    file = forms.FileField(label="Файл подписи", help_text="Отсоединённая подпись: файл .sig или .p7s, до 1 МБ")

    def clean_file(self):
        upload = self.cleaned_data["file"]
        self.data_of_file = check_signature(upload)
        return upload


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


class PasswordForm(BaseForm):
    """The password again: by it a person signs."""

    password = forms.CharField(
        label="Ваш пароль",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Тот, с которым Вы входите в систему",
    )


class ReadingFilters(BaseForm):
    """Filters above the overview of acquaintance."""

    show = forms.ChoiceField(
        label="Показать", required=False, choices=[("", "все документы"), ("unread", "где есть не ознакомленные")]
    )
    q = forms.CharField(
        label="Слово или номер", required=False, max_length=120, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, data):
        super().__init__(data or None)


class LocalActForm(BaseForm):
    """A local act of the school, its file, and whom it concerns."""

    kind = forms.ChoiceField(label="Вид акта", choices=LocalAct.Kind.choices)
    about = forms.CharField(
        label="О чём",
        max_length=300,
        help_text="Продолжение названия: «о системе наставничества педагогических работников»",
    )
    number = forms.CharField(label="Номер приказа об утверждении", max_length=30)
    date = forms.DateField(label="Дата этого приказа")
    file = UploadFormField(label="Файл акта")
    audience = forms.MultipleChoiceField(
        label="Кого касается", required=False, choices=list(AUDIENCE.items()), widget=forms.CheckboxSelectMultiple
    )
    persons = forms.ModelMultipleChoiceField(
        label="И ещё поимённо",
        required=False,
        queryset=Person.objects.none(),
        widget=Many,
    )
    conditional = {"audience", "persons"}

    def __init__(self, *args, persons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["persons"].queryset = persons

    def clean(self):
        data = super().clean()
        if not data.get("audience") and not data.get("persons"):
            self.add_error("audience", "Выберите, кому знакомиться: по роли или поимённо")
        return data


class ReadersForm(BaseForm):
    """Who else has to read a local act."""

    persons = forms.ModelMultipleChoiceField(
        label="Кого добавить", queryset=Person.objects.none(), help_text="Чтобы выбрать нескольких, держите Ctrl"
    )

    def __init__(self, *args, persons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["persons"].queryset = persons
