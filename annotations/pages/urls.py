from django.urls import include, path

from annotations.pages import account_urls, accounts, coding, finding, home, manual

urlpatterns = [
    path("", home.home, name="home"),
    path("favicon.ico", home.favicon, name="favicon"),
    path("", include(account_urls)),
    path("sign-in/<str:token>", accounts.use_link, name="sign-in-link"),
    path("language", accounts.set_language, name="set-language"),
    path("docs/", manual.manual, name="manual"),
    path("docs/images/<str:picture>", manual.shown, name="manual-picture"),
    path("docs/<slug:page>", manual.manual, name="manual-page"),
    path("projects/<slug:slug>", home.project, name="project"),
    path("projects/<slug:slug>/next", coding.next_document, name="next"),
    path("projects/<slug:slug>/search", finding.search, name="search"),
    path("projects/<slug:slug>/coded", finding.coded, name="coded"),
    path("code/<uuid:uuid>", coding.code, name="code"),
]
