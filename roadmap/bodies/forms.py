"""Forms of bodies and of their members."""

from typing import Any

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm
from people.register.fields import offer_people
from people.register.models import Person
from roadmap.bodies.models import Body, BodyMember


class BodyForm(BaseForm):
    """Names and quorum."""

    name = forms.CharField(label="Название", max_length=150, help_text="«художественный совет»")
    genitive = forms.CharField(
        label="Заседания кого или чего", max_length=150, help_text="«художественного совета»: так стоит в протоколе"
    )
    kind = forms.ChoiceField(label="Вид", choices=Body.Kind, widget=forms.RadioSelect)
    quorum = forms.ChoiceField(
        label="Кворум",
        choices=Body.Quorum,
        widget=forms.RadioSelect,
        help_text="Считается по каждому вопросу отдельно, без тех, кого он касается",
    )

    def __init__(self, *args: Any, body: Body | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kinds = [choice for choice in Body.Kind.choices if choice[0] != Body.Kind.METHODICAL]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        if body and body.by_roles:
            field.choices, field.widget = [(body.kind, body.get_kind_display())], forms.HiddenInput()
        else:
            field.choices = kinds
        self.initial = {"kind": Body.Kind.OTHER, "quorum": Body.Quorum.HALF}
        if body:
            self.initial = {name: getattr(body, name) for name in ("name", "genitive", "kind", "quorum")}


class MemberForm(BaseForm):
    """Who, as whom, from when."""

    person = forms.ModelChoiceField(Person.objects.none(), label="Кто", empty_label="—")
    part = forms.ChoiceField(label="В каком качестве", choices=BodyMember.Part, widget=forms.RadioSelect)
    since = forms.DateField(label="С какого числа")
    until = forms.DateField(label="По какое число", required=False, help_text="Если срок не назначен, оставьте пустым")
    ground = forms.CharField(
        label="Основание",
        max_length=200,
        required=False,
        help_text="«приказ № 12-од от 02.09.2026», «решение собрания»",
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer_people(self, "person", Person.objects.at_work().order_by("last_name", "first_name", "pk"))
        self.initial = {"part": BodyMember.Part.MEMBER, "since": timezone.localdate()}


class EndForm(BaseForm):
    """The last day of a member."""

    until = forms.DateField(label="Последний день", initial=timezone.localdate)
