"""The form of an order that changes another one."""

from typing import Any

from django import forms
from django.urls import reverse

from mentoring_site.russian import quoted
from mentoring_site.workflow import Complaint
from people.register.models import FormerName
from reports.orders import contents
from reports.orders.drafting.typed_form import TypedOrderForm
from reports.orders.models import Order
from reports.orders.order_kinds.change.draft import ChangeDraft
from reports.orders.order_kinds.typed import Particulars


def renaming(former: FormerName) -> dict[str, str]:
    """Return the change and the reason of an order that names somebody by a former name."""
    case = "в соответствующем падеже"
    basis = f" ({former.basis})" if former.basis else ""
    return {
        "text": f"слова «{former}» {case} заменить словами «{former.person.full_name}» {case}",
        "reason": f"в связи с изменением имени работника{basis}"
        if former.last_name == former.person.last_name
        else f"в связи с изменением фамилии работника{basis}",
    }


class ChangeForm(TypedOrderForm):
    """Which order is changed or ends, why and how."""

    base = forms.ModelChoiceField(Order.objects.none(), label="Какой приказ", empty_label="выберите")
    whole = forms.TypedChoiceField(
        label="Что сделать",
        coerce=lambda v: v == "yes",
        choices=[("no", "внести изменения"), ("yes", "признать утратившим силу")],
        widget=forms.RadioSelect,
        initial="no",
    )
    text = forms.CharField(
        label="Изменения",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Каждое с новой строки: «пункт 2 изложить в следующей редакции: „…“»",
    )
    reason = forms.CharField(
        label="Основание", max_length=500, help_text="Например: «в связи с изменением состава группы»"
    )
    draft_class = ChangeDraft
    conditional = {"text"}

    @classmethod
    def closed(cls) -> Complaint | None:
        """Nothing to change before the first order."""
        if Order.objects.filter(state=Order.State.REGISTERED).exists():
            return None
        return Complaint("Зарегистрированных приказов пока нет", "", reverse("reports:orders"), "Приказы")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["base"].queryset = Order.objects.filter(state=Order.State.REGISTERED).order_by(
            "-date", "-number_key"
        )
        self.fields["base"].label_from_instance = lambda o: f"{o.ref.on_screen} {quoted(o.heading)}"

    @classmethod
    def initial_from(cls, address):
        """Fill in which order is changed, and the wording when somebody named in it has another name now."""
        base, former = (address.get(name, "") for name in ("base", "former"))
        if not (base.isdecimal() and len(base) < 12):
            return {}
        found: dict[str, Any] = {"base": int(base)}
        if former.isdecimal() and len(former) < 12:
            name = FormerName.objects.filter(pk=former).select_related("person").first()
            found |= renaming(name) if name else {}
        return found

    @classmethod
    def initial_of(cls, proposal):
        whole = "yes" if proposal.draft.whole else "no"
        return super().initial_of(proposal) | {"base": proposal.base_id, "whole": whole}

    def clean(self):
        data = super().clean()
        if data.get("whole") is False and not (data.get("text") or "").strip() and "text" not in self.errors:
            self.add_error("text", "Напишите, что меняется")
        return data

    def particulars(self):
        base = self.cleaned_data["base"]
        readers = [row.person for row in base.acquaintances.select_related("person")]
        readers = readers or list(contents.people_concerned(Order.objects.with_requirements().get(pk=base.pk)))
        return Particulars(self.draft(), {"member": readers}, base=base)
