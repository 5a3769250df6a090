"""Addresses of the first start and of the school's particulars."""

from django.urls import path

from people.setup import school_views, views

urlpatterns = [
    path("settings/school/", school_views.school, name="school"),
    path("settings/school/<slug:part>/", school_views.school_part, name="school_part"),
    path("setup/", views.resume, name="setup"),
    path("setup/step/<str:step>/", views.step, name="setup_step"),
    path("setup/finish/", views.finish, name="setup_finish"),
    path("setup/<str:token>/", views.begin, name="setup_begin"),
]
