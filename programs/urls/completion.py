"""Addresses of completion."""
from django.urls import path

from programs.views import completion as views

urlpatterns = [
    path("programs/<int:pk>/completion/", views.overview, name="completion"),
    path("programs/<int:pk>/completion/new/", views.propose, name="completion_new"),
    path("completions/<int:pk>/", views.completion, name="completion_of"),
    path("completions/<int:pk>/conclusion/", views.conclude, name="completion_conclude"),
    path("completions/<int:pk>/review/", views.review, name="completion_review"),
    path("completions/<int:pk>/public/", views.public, name="completion_public"),
    *[path(f"completions/<int:pk>/{verb}/", views.decide, {"verb": verb}, name=f"completion_{verb}") for verb in views.QUESTIONS],
]
