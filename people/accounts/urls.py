"""Addresses of accounts and invitations. Those of login itself are in people/accounts/login_urls.py."""

from django.urls import path

from people.accounts import own_views, resubmission_views, views

urlpatterns = [
    path("accounts/me/", own_views.account, name="account"),
    path("kept/", resubmission_views.resubmission, name="resubmission"),
    path("invitation/", own_views.invitation_code, name="invitation_code"),
    path("invitation/<str:code>/", own_views.invitation, name="invitation"),
    path("settings/accounts/", views.account_list, name="accounts"),
    path("settings/accounts/new/", views.account_new, name="accounts_new"),
    path("settings/accounts/letters/", views.account_letters, name="accounts_letters"),
    path("settings/accounts/slips/", views.account_slips, name="accounts_slips"),
    path("settings/accounts/<int:pk>/", views.account_one, name="account_one"),
    path("settings/accounts/<int:pk>/letter/", views.account_letter, name="account_letter"),
    path("settings/accounts/<int:pk>/slip/", views.account_slip, name="account_slip"),
    path("settings/accounts/<int:pk>/edit/", views.account_edit, name="account_edit"),
    path("settings/accounts/<int:pk>/disable/", views.account_disable, name="account_disable"),
    path("settings/accounts/<int:pk>/enable/", views.account_enable, name="account_enable"),
    path("settings/accounts/<int:pk>/codes/", views.account_codes, name="account_codes"),
]
