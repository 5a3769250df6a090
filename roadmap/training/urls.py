"""Addresses of training."""

from django.urls import path

from roadmap.training import import_views, people_views, views

urlpatterns = [
    path("training/", views.trainings, name="trainings"),
    path("training/confirm/", views.confirm_many, name="trainings_confirm"),
    path("training/new/", views.new, name="training_new"),
    path("training/people/", people_views.people, name="training_people"),
    path("training/people/course/", people_views.course, name="training_course"),
    path("training/people/invite/", people_views.invite_people, name="training_people_invite"),
    path("training/mentors/", people_views.mentors, name="training_mentors"),
    path("training/mentors/invite/", people_views.invite, name="training_mentors_invite"),
    path("training/settings/", people_views.settings, name="training_settings"),
    path("training/invitations/<int:pk>/", people_views.invitation, name="training_invitation"),
    path("training/import/", import_views.imports, name="training_imports"),
    path("training/import/sample/", import_views.sample, name="training_sample"),
    path("training/import/<int:pk>/", import_views.check, name="training_import"),
    path("training/<int:pk>/", views.training, name="training"),
    path("training/<int:pk>/edit/", views.edit, name="training_edit"),
    path("training/<int:pk>/check/", views.check, name="training_check"),
    path("training/<int:pk>/remove/", views.remove, name="training_remove"),
    path("people/<int:pk>/training/", views.of_person, name="person_training"),
]
