"""Addresses of folders for an inspection."""

from django.urls import path

from reports.inspection import views

urlpatterns = [
    path("inspection/", views.folders, name="folders"),
    path("inspection/new/", views.new, name="folder_new"),
    path("inspection/cases/", views.cases, name="cases"),
    path("inspection/cases/<slug:code>/", views.case, name="case"),
    path("inspection/<int:pk>/", views.folder, name="folder"),
    path("inspection/<int:pk>/progress/", views.progress, name="folder_progress"),
    path("inspection/<int:pk>/file/", views.file, name="folder_file"),
    path("inspection/<int:pk>/act/", views.act_new, name="folder_act_new"),
    path("inspection/acts/<int:pk>/pdf/", views.act_pdf, name="folder_act"),
    path("programs/<int:pk>/folder/", views.of_program, name="program_folder"),
]
