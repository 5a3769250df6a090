"""Addresses of the learning log."""

from django.urls import path

from programs.learning import views

urlpatterns = [
    path("programs/<int:pk>/learning/", views.learning, name="learning"),
    path("programs/<int:pk>/learning/note/", views.note, name="learning_note"),
    path("programs/<int:pk>/learning/<int:side>/skills/", views.choose, name="skills_choose"),
    path("programs/<int:pk>/learning/<int:side>/rate/<str:part>/", views.rate, name="skills_rate"),
    path("skills/<int:pk>/drop/", views.drop, name="skill_drop"),
    path("learning-notes/<int:pk>/drop/", views.note_drop, name="learning_note_drop"),
]
