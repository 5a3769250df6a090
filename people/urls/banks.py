"""Addresses of banks."""

from django.urls import path, register_converter

from people.views import banks, candidates


class Bank:
    """«mentees» or «mentors»."""

    regex = "mentees|mentors"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class ListKind(Bank):
    """«topics» or «categories»."""

    regex = "topics|categories"


register_converter(Bank, "bank")
register_converter(ListKind, "list_kind")

urlpatterns = [
    path("banks/", banks.banks, name="banks"),
    path("banks/mine/", banks.mine, name="my_banks"),
    path("banks/mentees/", banks.bank, {"part": "mentee"}, name="bank_mentees"),
    path("banks/mentors/", banks.bank, {"part": "mentor"}, name="bank_mentors"),
    path("banks/approve/", banks.approve_several, name="bank_approve"),
    path("banks/<bank:bank>/review/", banks.review, name="bank_review"),
    path("banks/<bank:bank>/propose/", candidates.find, name="find"),
    path("banks/<bank:bank>/propose/<int:pk>/", candidates.propose, name="propose"),
    path("banks/lists/", banks.lists, name="bank_lists"),
    path("banks/lists/<list_kind:kind>/new/", banks.list_item, name="bank_list_new"),
    path("banks/lists/<list_kind:kind>/<int:pk>/", banks.list_item, name="bank_list_item"),
    path("banks/candidates/<int:pk>/", candidates.candidate, name="candidate"),
    path("banks/candidates/<int:pk>/fill/", candidates.fill, name="candidate_fill"),
    path("banks/candidates/<int:pk>/comment/", candidates.comment, name="candidate_comment"),
    path("banks/candidates/<int:pk>/approve/", candidates.approve, name="candidate_approve"),
    path("banks/candidates/<int:pk>/decline/", candidates.decline, name="candidate_decline"),
    path("banks/candidates/<int:pk>/withdraw/", candidates.withdraw, name="candidate_withdraw"),
    path("banks/candidates/<int:pk>/remind/", candidates.remind, name="candidate_remind"),
]
