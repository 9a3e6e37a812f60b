"""What the buttons of the draft's page do: each calls a verb and says what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.codebook import drafting, reshaping
from annotations.codebook.interchange import dump_edition
from annotations.codebook.models import Edition
from annotations.codebook.reshaping import Book
from annotations.codebook.starting import starter
from annotations.desk.codebook_files import book_in
from annotations.desk.signed_in import person
from annotations.project.models import Project
from annotations.project.refusals import Invalid, NotNow


@dataclass(frozen=True, slots=True)
class Done:
    """What to say, and where to go: a query of the same page, or the address of another."""

    told: str
    place: str = ""
    stays: bool = True


Deed = Callable[[HttpRequest, Project, Edition], Done]


def begun(request: HttpRequest, project: Project) -> Done:
    made = drafting.begin(project, by=person(request))
    return Done(_("Edition %(number)s has been begun.") % {"number": made.number})


def added(request: HttpRequest, project: Project, draft: Edition) -> Done:
    key = _said(request, "new_key")
    drafting.add_theme(
        draft,
        key,
        _name(request, ""),
        parent=_said(request, "new_parent") or None,
        by=person(request),
    )
    return Done(_("The theme has been added. Describe it."), f"?theme={key}")


def moved(steps: int, request: HttpRequest, project: Project, draft: Edition) -> Done:
    key = _said(request, "key")
    drafting.move(draft, key, steps=steps, by=person(request))
    return Done(_("Moved."), f"?theme={key}")


def archived(request: HttpRequest, project: Project, draft: Edition) -> Done:
    key, reason = _theme(request, draft), _said(request, "reason")
    _reshape(request, draft, partial(reshaping.archived, key=key, reason=reason))
    return Done(
        _("The theme is left out of this edition, with its sub-themes. It can be put back.")
    )


def merged(request: HttpRequest, project: Project, draft: Edition) -> Done:
    key, into = _theme(request, draft), _said(request, "into")
    if into == key or reshaping.theme_in(dump_edition(draft), into) is None:
        raise Invalid.field("into", "theme-unknown", _("Choose the theme that it goes into."))
    shape = partial(reshaping.merged, key=key, into=into, reason=_said(request, "reason"))
    _reshape(request, draft, shape)
    return Done(_("Merged. Say in this theme’s clauses what it takes over."), f"?theme={into}")


def split(request: HttpRequest, project: Project, draft: Edition) -> Done:
    key = _theme(request, draft)
    into = {_said(request, f"{at}_key"): _name(request, f"{at}_") for at in ("first", "second")}
    if len(into) < 2 or not all(into):
        raise Invalid.field("into", "key-missing", _("A split needs two new keys that differ."))
    shape = partial(reshaping.split, key=key, into=into, reason=_said(request, "reason"))
    _reshape(request, draft, shape)
    return Done(
        _("Split. Both begin with what it said; tell them apart."), f"?theme={next(iter(into))}"
    )


def restored(request: HttpRequest, project: Project, draft: Edition) -> Done:
    latest, key = drafting.in_use(project), _said(request, "key")
    if latest is None or not latest.themes.filter(key=key).exists():
        raise NotNow(_("“%(key)s” is not in the edition in use.") % {"key": key})
    _reshape(request, draft, partial(reshaping.restored, key=key, earlier=dump_edition(latest)))
    return Done(_("The theme is back."), f"?theme={key}")


def imported(request: HttpRequest, project: Project, draft: Edition | None) -> Done:
    file = request.FILES.get("file")
    if file is None:
        raise Invalid.field("file", "required", _("Choose a file."))
    present = draft or drafting.in_use(project)
    book = book_in(file, present=dump_edition(present) if present else starter())
    drafting.replace(project, book, seen=_said(request, "seen"), by=person(request))
    return Done(_("The file is the draft now. Below is what differs from the edition in use."))


def discarded(request: HttpRequest, project: Project, draft: Edition) -> Done:
    drafting.discard(draft, seen=_said(request, "seen"), by=person(request))
    return Done(_("The draft is discarded. The edition in use stays as it is."))


def frozen(request: HttpRequest, project: Project, draft: Edition) -> Done:
    seen = _said(request, "seen")
    made = drafting.freeze_draft(draft, seen=seen, by=person(request), now=timezone.now())
    place = f"{reverse('codebook', args=[project.slug])}?edition={made.number}"
    told = _("Edition %(number)s is frozen. New batches can use it.") % {"number": made.number}
    return Done(told, place, stays=False)


def _reshape(request: HttpRequest, draft: Edition, shape: Callable[[Book], Book]) -> None:
    drafting.reshape(draft, shape, by=person(request))


def _theme(request: HttpRequest, draft: Edition) -> str:
    key = _said(request, "key")
    if not draft.themes.filter(key=key).exists():
        said = _("“%(key)s” is not in the draft any more.")
        raise NotNow(said % {"key": key}, reason="entry-gone")
    return key


def _said(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "").strip()


def _name(request: HttpRequest, prefix: str) -> dict[str, str]:
    found = {each: _said(request, f"{prefix or 'new_'}name_{each}") for each in ("en", "fr")}
    return {language: words for language, words in found.items() if words}


DEEDS: Mapping[str, Deed] = {
    "add": added,
    "up": partial(moved, -1),
    "down": partial(moved, 1),
    "archive": archived,
    "merge": merged,
    "split": split,
    "restore": restored,
    "discard": discarded,
    "freeze": frozen,
}
