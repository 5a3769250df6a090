"""Addresses of best practices."""

from django.urls import path

from roadmap.practices import views

urlpatterns = [
    path("practices/", views.practices, name="practices"),
    path("practices/new/", views.new, name="practice_new"),
    path("practices/from-program/<int:pk>/", views.from_program, name="practice_from"),
    path("practices/<int:pk>/", views.practice, name="practice"),
    path("practices/<int:pk>/edit/", views.edit, name="practice_edit"),
    path("practices/<int:pk>/authors/new/", views.author_new, name="practice_author_new"),
    path("practices/authors/<int:pk>/", views.author, name="practice_author"),
    path("practices/authors/<int:pk>/drop/", views.author_drop, name="practice_author_drop"),
    path("practices/<int:pk>/submit/", views.submit, name="practice_submit"),
    path("practices/<int:pk>/review/", views.review, name="practice_review"),
    path("practices/<int:pk>/nominate/", views.nominate, name="practice_nominate"),
    path("practices/<int:pk>/publish/", views.publish, name="practice_publish"),
    path("practices/<int:pk>/keep-inside/", views.keep_inside, name="practice_keep_inside"),
    path("practices/<int:pk>/take-down/", views.take_down, name="practice_take_down"),
    path("practices/<int:pk>/rework/", views.rework, name="practice_rework"),
    path("practices/<int:pk>/drop/", views.drop, name="practice_drop"),
    path("practices/<int:pk>/paper/", views.paper, name="practice_paper"),
]
