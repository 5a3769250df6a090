"""Addresses of a running programme."""

from django.urls import path

from programs.views import hours, journal, running

urlpatterns = [
    path("programs/hours/", hours.page, name="hours"),
    path("programs/hours/memo.pdf", hours.pdf, name="hours_pdf"),
    path("activities/<int:pk>/", running.activity, name="activity"),
    path("activities/<int:pk>/do/<int:participation_pk>/", running.do, name="activity_do"),
    path("results-of-activities/<int:pk>/check/", running.check, name="result_check"),
    path("results-of-activities/<int:pk>/files/<int:file_pk>/", running.result_file, name="result_file"),
    path("programs/<int:pk>/journal/", journal.journal, name="journal"),
    path("programs/<int:pk>/meetings/new/", journal.meeting_new, name="meeting_new"),
    path("programs/<int:pk>/messages/", journal.message_post, name="message_post"),
    path("meetings/<int:pk>/confirm/", journal.meeting_confirm, name="meeting_confirm"),
    path("meetings/<int:pk>/drop/", journal.meeting_drop, name="meeting_drop"),
]
