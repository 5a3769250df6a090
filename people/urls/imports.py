"""Addresses of the import of a staff list."""

from django.urls import path

from people.views import imports

urlpatterns = [
    path("people/import/", imports.imports, name="imports"),
    path("people/import/<int:pk>/", imports.check, name="import_check"),
    path("people/import/<int:pk>/columns/", imports.columns, name="import_columns"),
    path("people/import/<int:pk>/confirm/", imports.confirm, name="import_confirm"),
    path("people/import/<int:pk>/result/", imports.result, name="import_result"),
    path("people/import/<int:pk>/again/", imports.again, name="import_again"),
    path("people/import/<int:pk>/corrections.xlsx", imports.corrections, name="import_corrections"),
    path("people/import/<int:pk>/file/", imports.file, name="import_file"),
]
