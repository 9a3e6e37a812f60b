"""A file of a release by its name."""

from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.project.refusals import NotVisible

from .bundling import BUNDLE, wanted_bundle
from .files import wanted_format
from .formats import FORMATS
from .models import Release
from .present import refuse_if_retracted
from .serving import DOCUMENTS, wanted_documents
from .shaped import wanted_shape
from .shapes import SHAPES
from .sweeping_cache import keep_up
from .wanting import AS_IT_IS, Asked, Wanted


def wanted(release: Release, file: str, asked: Asked = AS_IT_IS) -> Wanted:
    """Raises NotVisible for what a release has not, NotNow for what this server cannot write.

    Raises TakenDown for all of a release that was retracted.
    """
    refuse_if_retracted(release)
    keep_up()
    if file == DOCUMENTS:
        return wanted_documents(release)
    if file == BUNDLE:
        return wanted_bundle(release)
    if file in SHAPES:
        return wanted_shape(release, file, asked)
    if file in FORMATS:
        return wanted_format(release, FORMATS[file], asked)
    raise NotVisible(_("A release has no such file."))
