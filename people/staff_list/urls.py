"""Addresses of the import of a staff list."""

from django.urls import path

from people.staff_list import views

urlpatterns = [
    path("people/import/", views.imports, name="imports"),
    path("people/import/<int:pk>/", views.check, name="import_check"),
    path("people/import/<int:pk>/columns/", views.columns, name="import_columns"),
    path("people/import/<int:pk>/sheets/", views.sheets, name="import_sheets"),
    path("people/import/<int:pk>/rows/<slug:code>/", views.rows, name="import_rows"),
    path("people/import/<int:pk>/confirm/", views.confirm, name="import_confirm"),
    path("people/import/<int:pk>/result/", views.result, name="import_result"),
    path("people/import/<int:pk>/take-back/", views.take_back, name="import_take_back"),
    path("people/import/<int:pk>/again/", views.again, name="import_again"),
    path("people/import/<int:pk>/corrections.xlsx", views.corrections, name="import_corrections"),
    path("people/import/<int:pk>/file/", views.file, name="import_file"),
]
