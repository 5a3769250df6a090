"""Addresses of pairs and groups."""

from django.urls import path

from programs.pairings import choice_views, school_views, set_views, together_views, views
from programs.pairings.choosing import urls as choosing_urls

urlpatterns = [
    path("pairings/", views.pairing_list, name="pairings"),
    path("pairings/new/", choice_views.choose, name="pairing_new"),
    path("pairings/new/school/", school_views.whole_school, name="pairing_school"),
    path("pairings/new/compare/", school_views.compare, name="pairing_compare"),
    *choosing_urls.urlpatterns,
    path("pairings/new/set/", set_views.propose_set, name="pairing_set"),
    path("pairings/new/mentor/", choice_views.choose_mentor, name="pairing_mentor"),
    path("pairings/new/terms/", choice_views.propose, name="pairing_propose"),
    path("pairings/remind/", views.remind_people, name="pairings_remind"),
    path("pairings/remind/council/", views.remind_council_of_many, name="pairings_remind_council"),
    path("pairings/<int:pk>/", views.pairing, name="pairing"),
    path("pairings/<int:pk>/answer/", views.answer, name="pairing_answer"),
    path("pairings/<int:pk>/answer/<int:participation>/", views.answer, name="pairing_answer_for"),
    path("pairings/<int:pk>/answers/", together_views.answers, name="pairing_answers"),
    path("pairings/<int:pk>/duties/", together_views.duties, name="pairing_duties"),
    path("pairings/<int:pk>/topics/", views.topics, name="pairing_topics"),
    path("pairings/<int:pk>/recommend/", views.recommend, name="pairing_recommend"),
    path("pairings/<int:pk>/decline/", views.decline, name="pairing_decline"),
    path("pairings/<int:pk>/withdraw/", views.withdraw, name="pairing_withdraw"),
    path("pairings/<int:pk>/remind/council/", views.remind_council, name="pairing_remind_council"),
    path("pairings/<int:pk>/remind/<int:participation>/<slug:about>/", views.remind, name="pairing_remind"),
]
