"""The form of an order that records notices."""

from django import forms
from django.urls import reverse

from mentoring_site.russian import rudate
from mentoring_site.workflow import Complaint
from programs.mentor_agreements.models import Notice
from reports.orders.drafting.typed_form import TypedOrderForm
from reports.orders.order_kinds.relief.draft import ReliefDraft
from reports.orders.order_kinds.relief.kind import stops_pay


class ReliefForm(TypedOrderForm):
    """Which notices the order records (п. 4.1; ТК 351.8)."""

    notices = forms.ModelMultipleChoiceField(
        Notice.objects.none(), label="Уведомления", widget=forms.CheckboxSelectMultiple
    )
    draft_class = ReliefDraft

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = kwargs["proposal"].draft.notices if kwargs.get("proposal") else ()
        waiting = Notice.objects.awaiting_order() | Notice.objects.filter(pk__in=known)
        self.fields["notices"].queryset = waiting.select_related("person", "agreement").order_by("received_on", "pk")
        self.fields["notices"].label_from_instance = lambda n: (
            f"{n.person.full_name}: {n.get_giver_display()}, последний день {rudate(n.effective_on)}"
        )

    @classmethod
    def closed(cls) -> Complaint | None:
        """Nothing to record without a notice."""
        if Notice.objects.awaiting_order().exists():
            return None
        return Complaint("Уведомлений без приказа нет", "", reverse("programs:notices"), "Уведомления")

    def draft(self):
        chosen = self.cleaned_data["notices"]
        return ReliefDraft(tuple(n.pk for n in chosen), stops=tuple(n.pk for n in chosen if stops_pay(n)))

    def persons(self):
        return {"main": [n.person for n in self.cleaned_data["notices"]]}
