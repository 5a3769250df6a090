"""Addresses of releases: what falls on lessons, lessons and continuity."""

from django.urls import path

from programs.requests.kinds.release import views

urlpatterns = [
    path("activities/<int:pk>/lesson-time/", views.of_activity, name="activity_lesson_time"),
    path("planned-meetings/<int:pk>/lesson-time/", views.of_meeting, name="meeting_lesson_time"),
    path("lesson-times/<int:pk>/drop/", views.drop, name="lesson_time_drop"),
    path("requests/<int:pk>/lessons/", views.lessons, name="release_lessons"),
]
