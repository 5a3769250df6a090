"""Addresses of the school's settings, roles and first setup."""

from django.urls import path

from people.views import acting, settings, setup

urlpatterns = [
    path("settings/school/", settings.school, name="school"),
    path("settings/roles/", settings.roles, name="roles"),
    path("settings/roles/give/", settings.role_give, name="role_give"),
    path("settings/roles/acting/", acting.acting, name="acting"),
    path("settings/roles/<int:pk>/end/", settings.role_end, name="role_end"),
    path("setup/", setup.resume, name="setup"),
    path("setup/step/<str:step>/", setup.step, name="setup_step"),
    path("setup/finish/", setup.finish, name="setup_finish"),
    path("setup/<str:token>/", setup.begin, name="setup_begin"),
]
