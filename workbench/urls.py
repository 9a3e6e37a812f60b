"""Every address of the product. tests/security holds a row for each."""

from django.contrib import admin
from django.urls import include, path

from annotations.api.health import healthz, readyz
from annotations.api.metrics import metrics
from annotations.api.violations import violations

# Below /api/ a problem, elsewhere a page.
handler400 = "annotations.api.handlers.bad_request"
handler404 = "annotations.api.handlers.not_found"
handler500 = "annotations.api.handlers.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("policy-violations", violations, name="policy-violations"),
    path("api/v1/", include("annotations.api.urls")),
    path("admin/", admin.site.urls),
    path("", include("annotations.desk.urls")),
    path("", include("annotations.pages.urls")),
]
