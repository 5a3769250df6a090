"""Addresses of pairs and groups."""

from django.urls import path

from programs.views import pairing_choice, pairings

urlpatterns = [
    path("pairings/", pairings.pairing_list, name="pairings"),
    path("pairings/list.xlsx", pairings.pairing_xlsx, name="pairings_xlsx"),
    path("pairings/new/", pairing_choice.choose, name="pairing_new"),
    path("pairings/new/mentor/", pairing_choice.choose_mentor, name="pairing_mentor"),
    path("pairings/new/terms/", pairing_choice.propose, name="pairing_propose"),
    path("pairings/<int:pk>/", pairings.pairing, name="pairing"),
    path("pairings/<int:pk>/answer/", pairings.answer, name="pairing_answer"),
    path("pairings/<int:pk>/answer/<int:participation>/", pairings.answer, name="pairing_answer_for"),
    path("pairings/<int:pk>/topics/", pairings.topics, name="pairing_topics"),
    path("pairings/<int:pk>/recommend/", pairings.recommend, name="pairing_recommend"),
    path("pairings/<int:pk>/decline/", pairings.decline, name="pairing_decline"),
    path("pairings/<int:pk>/withdraw/", pairings.withdraw, name="pairing_withdraw"),
    path("pairings/<int:pk>/remind/council/", pairings.remind_council, name="pairing_remind_council"),
    path("pairings/<int:pk>/remind/<int:participation>/<slug:about>/", pairings.remind, name="pairing_remind"),
]
