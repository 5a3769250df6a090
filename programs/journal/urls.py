"""Addresses of a running program."""

from django.urls import path

from programs.journal import activity_views, hours_views, talk_views, timeline_views, views
from programs.journal.planning import urls as planning_urls

urlpatterns = [
    *planning_urls.urlpatterns,
    path("programs/hours/", hours_views.page, name="hours"),
    path("programs/hours/memo.pdf", hours_views.pdf, name="hours_pdf"),
    path("activities/<int:pk>/", activity_views.activity, name="activity"),
    path("activities/", activity_views.activities, name="activities"),
    path("activities/<int:pk>/category/", activity_views.category, name="activity_category"),
    path("activities/<int:pk>/do/<int:participation_pk>/", activity_views.do, name="activity_do"),
    path("results-of-activities/<int:pk>/check/", activity_views.check, name="result_check"),
    path("programs/<int:pk>/timeline/", timeline_views.page, name="program_timeline"),
    path("programs/<int:pk>/timeline/pdf/", timeline_views.pdf, name="program_timeline_pdf"),
    path("programs/<int:pk>/journal/", views.journal, name="journal"),
    path("programs/<int:pk>/meetings/new/", views.meeting_new, name="meeting_new"),
    path("programs/<int:pk>/talk/", talk_views.talk, name="talk"),
    path("programs/<int:pk>/messages/", talk_views.message_post, name="message_post"),
    path("meetings/<int:pk>/confirm/", views.meeting_confirm, name="meeting_confirm"),
    path("meetings/<int:pk>/object/", views.meeting_object, name="meeting_object"),
    path("meetings/<int:pk>/edit/", views.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/step/<int:participation_pk>/", views.step_answer, name="step_answer"),
    path("meetings/<int:pk>/drop/", views.meeting_drop, name="meeting_drop"),
]
