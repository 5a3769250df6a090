"""Addresses of a running programme."""
from django.urls import path

from programs.views import running as views

urlpatterns = [
    path("activities/<int:pk>/", views.activity, name="activity"),
    path("activities/<int:pk>/do/<int:participation_pk>/", views.do, name="activity_do"),
    path("results-of-activities/<int:pk>/check/", views.check, name="result_check"),
    path("results-of-activities/<int:pk>/files/<int:file_pk>/", views.result_file, name="result_file"),
    path("programs/<int:pk>/journal/", views.journal, name="journal"),
    path("programs/<int:pk>/meetings/new/", views.meeting_new, name="meeting_new"),
    path("programs/<int:pk>/messages/", views.message_post, name="message_post"),
    path("meetings/<int:pk>/confirm/", views.meeting_confirm, name="meeting_confirm"),
]
