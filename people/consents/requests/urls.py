"""Addresses of requests about personal data and of leaks."""

from django.urls import path

from people.consents.requests import views

urlpatterns = [
    path("consents/requests/", views.register, name="data_requests"),
    path("consents/requests/new/", views.new, name="data_request_new"),
    path("consents/requests/incident/", views.new_incident, name="incident_new"),
    path("consents/requests/<int:pk>/", views.data_request, name="data_request"),
    path("consents/requests/<int:pk>/close/", views.close, name="data_request_close"),
    path("consents/requests/<int:pk>/answer.pdf", views.answer, name="data_request_answer"),
    path("consents/requests/<int:pk>/details/", views.describe, name="incident_describe"),
    path("consents/requests/<int:pk>/incident.pdf", views.incident_paper, name="incident_paper"),
]
