"""Ways in, and one's own account. The views of django-allauth keep the names that it asks for."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as identities
from django.urls import path

from annotations.pages import accounts, identity, own_account

sign_in = accounts.SignIn.as_view()

urlpatterns = [
    path("sign-in", sign_in, name="sign-in"),
    path("sign-in", sign_in, name="account_login"),
    path("sign-in/second-factor", second_factor.authenticate, name="mfa_authenticate"),
    path("sign-in/again", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/closed", account.account_inactive, name="account_inactive"),
    path("sign-in/with/<str:provider_id>", identity.there, name="openid_connect_login"),
    path("sign-in/with/<str:provider_id>/back", identity.back, name="openid_connect_callback"),
    path("sign-in/refused", identities.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/failed", identities.login_error, name="socialaccount_login_error"),
    path("sign-in/new", identities.signup, name="socialaccount_signup"),
    path("sign-out", accounts.sign_out, name="sign-out"),
    path("sign-out", accounts.sign_out, name="account_logout"),
    path("account", own_account.own_account, name="account"),
    path("account", own_account.own_account, name="mfa_index"),
    path("account/password", account.password_change, name="account_change_password"),
    path("account/password/first", account.password_set, name="account_set_password"),
    path("account/second-factor", own_account.SecondFactorOn.as_view(), name="mfa_activate_totp"),
    path("account/second-factor/off", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/codes", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/codes/new", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "account/codes/file", recovery.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    path("account/identities", identities.connections, name="socialaccount_connections"),
    path("account/sessions", own_account.end_session, name="end-session"),
    path("account/data", own_account.own_data, name="own-data"),
    path("account/erase", own_account.erase_own, name="erase-own"),
]
