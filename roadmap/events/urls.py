"""Addresses of events."""

from django.urls import path

from roadmap.events import attendance_views, keeping_views, people_views, views

urlpatterns = [
    path("school-events/", views.events, name="events"),
    path("school-events/new/", keeping_views.new, name="event_new"),
    path("school-events/outside/", keeping_views.outside_new, name="event_outside"),
    path("school-events/next-year/", views.events_next_year, name="events_next_year"),
    path("school-events/door/<str:token>/", attendance_views.arrive, name="event_arrive"),
    path("school-events/<int:pk>/", views.event, name="event"),
    path("school-events/<int:pk>/edit/", keeping_views.edit, name="event_edit"),
    path("school-events/<int:pk>/repeat/", keeping_views.repeat, name="event_repeat"),
    path("school-events/<int:pk>/announce/", keeping_views.announce, name="event_announce"),
    path("school-events/<int:pk>/hold/", keeping_views.hold, name="event_hold"),
    path("school-events/<int:pk>/reopen/", keeping_views.reopen, name="event_reopen"),
    path("school-events/<int:pk>/cancel/", keeping_views.cancel, name="event_cancel"),
    path("school-events/<int:pk>/discard/", keeping_views.discard, name="event_discard"),
    path("school-events/<int:pk>/notes/", keeping_views.notes, name="event_notes"),
    path("school-events/<int:pk>/minutes.pdf", views.minutes_pdf, name="event_minutes"),
    path("school-events/<int:pk>/invite/", people_views.invite, name="event_invite"),
    path("school-events/<int:pk>/answer/", people_views.answer, name="event_answer"),
    path("school-events/<int:pk>/attendance/", attendance_views.attendance, name="event_attendance"),
    path("school-events/<int:pk>/attendance/mark/", attendance_views.mark, name="event_mark"),
    path("school-events/<int:pk>/attendance/came/", attendance_views.came, name="event_came"),
    path("school-events/<int:pk>/attendance/sheet/", attendance_views.sheet, name="event_sheet"),
    path("school-events/<int:pk>/attendance.pdf", attendance_views.sheet_pdf, name="event_sheet_pdf"),
    path("school-events/<int:pk>/door/", attendance_views.door, name="event_door"),
    path("school-events/<int:pk>/door/renew/", attendance_views.door_renew, name="event_door_renew"),
    path("school-events/<int:pk>/people/<int:row_pk>/", people_views.participant, name="participant"),
    path("school-events/<int:pk>/people/<int:row_pk>/strike/", people_views.strike, name="event_strike"),
    path("school-events/<int:pk>/people/<int:row_pk>/outcome/", people_views.outcome, name="event_outcome"),
    path("school-events/<int:pk>/people/<int:row_pk>/settle/", people_views.settle, name="event_settle"),
]
