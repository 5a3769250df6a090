"""Addresses of the question how people get on."""

from django.urls import path

from programs.relationship import views

urlpatterns = [
    path("relationships/", views.relationships, name="relationships"),
    path("relationships/<int:pk>/", views.answer_page, name="relationship_answer"),
    path("programs/<int:pk>/relationships/", views.of_program, name="relationships_of"),
    path("relationships/<int:pk>/answer/", views.answer, name="relationship_answer_new"),
    path("relationships/<int:pk>/settle/", views.settle, name="relationship_settle"),
    path("relationships/<int:pk>/petition/", views.petition, name="relationship_petition"),
]
