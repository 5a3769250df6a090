"""Addresses of the minutes of the council."""

from django.urls import path

from roadmap.council import edit_views, meeting_views, views

urlpatterns = [
    path("council/minutes/", views.minutes_list, name="minutes_list"),
    path("council/meetings/plan/", meeting_views.plan, name="meeting_plan"),
    path("council/minutes/<int:pk>/plan/", meeting_views.replan, name="meeting_replan"),
    path("council/minutes/<int:pk>/invite/", meeting_views.invite, name="meeting_invite"),
    path("council/minutes/<int:pk>/cancel/", meeting_views.cancel, name="meeting_cancel"),
    path("council/minutes/<int:pk>/hold/", meeting_views.hold, name="meeting_hold"),
    path("council/minutes/new/", edit_views.new, name="minutes_new"),
    path("council/minutes/<int:pk>/", views.minutes, name="minutes"),
    path("council/minutes/<int:pk>/minutes.pdf", views.pdf, name="minutes_pdf"),
    path("council/minutes/<int:pk>/extract.pdf", views.extract, name="minutes_extract"),
    path("council/minutes/<int:pk>/scan/file/", views.scan_file, name="minutes_scan_file"),
    path("council/minutes/<int:pk>/edit/", edit_views.edit, name="minutes_edit"),
    path("council/minutes/<int:pk>/sign/", edit_views.sign, name="minutes_sign"),
    path("council/minutes/<int:pk>/scan/", edit_views.scan, name="minutes_scan"),
    path("council/minutes/<int:pk>/discard/", edit_views.discard, name="minutes_discard"),
    path("council/minutes/<int:pk>/items/new/", edit_views.item, name="item_new"),
    path("council/minutes/<int:pk>/items/<int:item_pk>/edit/", edit_views.item, name="item_edit"),
    path("council/minutes/<int:pk>/items/<int:item_pk>/drop/", edit_views.item_drop, name="item_drop"),
]
