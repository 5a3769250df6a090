"""Addresses of accounts and invitations. Those of login itself are in people/urls/login.py."""

from django.urls import path

from people.views import accounts, kept

urlpatterns = [
    path("accounts/me/", accounts.account, name="account"),
    path("kept/", kept.show, name="kept"),
    path("invitation/", accounts.invitation_code, name="invitation_code"),
    path("invitation/<str:code>/", accounts.invitation, name="invitation"),
    path("settings/accounts/", accounts.account_list, name="accounts"),
    path("settings/accounts/new/", accounts.account_new, name="accounts_new"),
    path("settings/accounts/invite/", accounts.account_invite_many, name="accounts_invite"),
    path("settings/accounts/<int:pk>/", accounts.account_one, name="account_one"),
    path("settings/accounts/<int:pk>/letter/", accounts.account_letter, name="account_letter"),
    path("settings/accounts/<int:pk>/slip/", accounts.account_slip, name="account_slip"),
    path("settings/accounts/<int:pk>/edit/", accounts.account_edit, name="account_edit"),
    path("settings/accounts/<int:pk>/disable/", accounts.account_disable, name="account_disable"),
    path("settings/accounts/<int:pk>/enable/", accounts.account_enable, name="account_enable"),
    path("settings/accounts/<int:pk>/codes/", accounts.account_codes, name="account_codes"),
]
