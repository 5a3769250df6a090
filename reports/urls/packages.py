"""Addresses of packages of papers."""

from django.urls import path

from reports.views import packages

urlpatterns = [
    path("pairings/<int:pk>/package/", packages.pairing, name="pairing_package"),
    path("pairings/<int:pk>/package.zip", packages.pairing_zip, name="pairing_package_zip"),
    path("people/<int:pk>/package/", packages.person, name="person_package"),
    path("people/<int:pk>/package.zip", packages.person_zip, name="person_package_zip"),
    path("packages/", packages.choose, name="packages"),
    path("packages/<int:pk>/", packages.package, name="package"),
    path("packages/<int:pk>/progress/", packages.package_progress, name="package_progress"),
    path("packages/<int:pk>/file/", packages.package_file, name="package_file"),
]
