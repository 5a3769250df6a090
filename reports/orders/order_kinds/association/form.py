"""The form of an order that creates the association of mentors."""

from reports.orders.drafting.typed_form import PeopleField, PersonField, TypedOrderForm


class AssociationForm(TypedOrderForm):
    """The head and the members (п. 3.4)."""

    head = PersonField("Руководитель объединения")
    member = PeopleField("Члены объединения")
    people = {"head": "head", "member": "member"}
