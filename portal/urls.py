"""The product on one screen."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from portal import front_lab, legal, offline, search, style, trouble, views, weekly_goal
from portal.announcements import urls as announcements
from portal.certificates import urls as certificates
from portal.digest import views as digest
from portal.exports import urls as exports
from portal.guidance import urls as guidance
from portal.items import urls as items
from portal.reviews import urls as reviews

# One door: allauth's, with its rate limits.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", views.home, name="home"),
    path("try/", front_lab.try_lab, name="try_lab"),
    path("day/", views.day, name="day"),
    path("day/goal/", weekly_goal.weekly_goal, name="weekly_goal"),
    path("mail/off/<str:token>/", digest.mail_off, name="mail_off"),
    path("search/", search.search, name="search"),
    path("search/results/", search.search_results, name="search_results"),
    path("learn/", include("lessons.urls")),
    path("labs/", include("labs.urls")),
    path("quiz/", include("labs.quiz.urls")),
    path("cohorts/", include("portal.cohorts.urls")),
    path("cohorts/<slug:slug>/", include(reviews.cohort_urls)),
    path("cohorts/<slug:slug>/", include(announcements.cohort_urls)),
    path("cohorts/<slug:slug>/", include(guidance.cohort_urls)),
    path("cohorts/<slug:slug>/", include(exports.cohort_urls)),
    path("cohorts/<slug:slug>/", include(items.cohort_urls)),
    path("cohorts/<slug:slug>/", include(certificates.cohort_urls)),
    path("announcements/", include("portal.announcements.urls")),
    path("", include("portal.certificates.urls")),
    path("reviews/", include("portal.reviews.urls")),
    path("regrades/", include("portal.regrades.urls")),
    path("authoring/", include("portal.authoring.urls")),
    path("accounts/", include("portal.accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/linked/", include("allauth.socialaccount.urls")),
    path("admin/", admin.site.urls),
    path("style/", style.style, name="style"),
    path("legal/<slug:name>/", legal.legal, name="legal"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("offline/", offline.offline, name="offline"),
    path("favicon.ico", offline.favicon, name="favicon"),
]

handler400 = views.bad_request
handler500 = trouble.server_error
