"""Addresses of banks."""

from django.urls import path, register_converter

from people.banks import candidate_views, keeping_views, start_views, views


class Bank:
    """«mentees» or «mentors»."""

    regex = "mentees|mentors"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class BankList(Bank):
    """«topics» or «categories»."""

    regex = "topics|categories"


register_converter(Bank, "bank")
register_converter(BankList, "bank_list")

urlpatterns = [
    path("people/banks/mentees/remind/", views.remind_mentees, name="remind_mentees"),
    path("people/banks/mentors/remind/", views.remind_mentors, name="remind_mentors"),
    path("banks/", views.banks, name="banks"),
    path("banks/mine/", views.mine, name="my_banks"),
    path("banks/mentees/", views.bank, {"part": "mentee"}, name="bank_mentees"),
    path("banks/mentors/", views.bank, {"part": "mentor"}, name="bank_mentors"),
    path("banks/approve/", views.approve_several, name="bank_approve"),
    path("banks/<bank:bank>/review/", keeping_views.review, name="bank_review"),
    path("banks/<bank:bank>/corrections/", keeping_views.corrections, name="bank_corrections"),
    path("banks/reviews/<int:pk>/confirm/", keeping_views.confirm, name="bank_review_confirm"),
    path("banks/reviews/<int:pk>/return/", keeping_views.send_review_back, name="bank_review_return"),
    path("banks/<bank:bank>/start/", start_views.start, name="bank_start"),
    path("banks/<bank:bank>/propose/", candidate_views.find, name="find"),
    path("banks/<bank:bank>/propose/<int:pk>/", candidate_views.propose, name="propose"),
    path("banks/lists/", views.lists, name="bank_lists"),
    path("banks/lists/<bank_list:name>/new/", views.list_item, name="bank_list_new"),
    path("banks/lists/<bank_list:name>/<int:pk>/", views.list_item, name="bank_list_item"),
    path("banks/candidates/<int:pk>/", candidate_views.candidate, name="candidate"),
    path("banks/candidates/<int:pk>/capacity/", candidate_views.capacity, name="candidate_capacity"),
    path("banks/candidates/<int:pk>/correct/", keeping_views.correct, name="candidate_correct"),
    path("banks/candidates/<int:pk>/fill/", candidate_views.fill, name="candidate_fill"),
    path("banks/candidates/<int:pk>/comment/", candidate_views.comment, name="candidate_comment"),
    path("banks/candidates/<int:pk>/approve/", candidate_views.approve, name="candidate_approve"),
    path("banks/candidates/<int:pk>/decline/", candidate_views.decline, name="candidate_decline"),
    path("banks/candidates/<int:pk>/withdraw/", candidate_views.withdraw, name="candidate_withdraw"),
    path("banks/candidates/<int:pk>/remind/", candidate_views.remind, name="candidate_remind"),
]
