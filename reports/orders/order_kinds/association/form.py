"""The form of an order that creates the association of mentors."""

from django import forms

from programs.changes.forms import allow_no_future
from reports.orders.drafting.typed_form import PeopleField, PersonField, TypedOrderForm
from reports.orders.order_kinds.association.draft import AssociationDraft


class AssociationForm(TypedOrderForm):
    """The head, the members and the proposal of the curator (п. 3.4)."""

    head = PersonField("Руководитель объединения")
    member = PeopleField("Члены объединения")
    proposed_on = forms.DateField(
        label="Дата предложения куратора",
        help_text="Письменное предложение о создании объединения: приказ сошлётся на него",
    )
    draft_class = AssociationDraft
    people = {"head": "head", "member": "member"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        allow_no_future(self.fields["proposed_on"])
