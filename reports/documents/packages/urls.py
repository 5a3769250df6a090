"""Addresses of packages of papers."""

from django.urls import path

from reports.documents.packages import views

urlpatterns = [
    path("pairings/<int:pk>/package/", views.pairing, name="pairing_package"),
    path("pairings/<int:pk>/package.zip", views.pairing_zip, name="pairing_package_zip"),
    path("people/<int:pk>/package/", views.person, name="person_package"),
    path("people/<int:pk>/package.zip", views.person_zip, name="person_package_zip"),
    path("packages/", views.choose, name="packages"),
    path("packages/<int:pk>/", views.package, name="package"),
    path("packages/<int:pk>/progress/", views.package_progress, name="package_progress"),
    path("packages/<int:pk>/file/", views.package_file, name="package_file"),
]
