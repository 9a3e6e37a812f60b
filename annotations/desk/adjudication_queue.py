"""The adjudicator's queue: what waits by document, theme and pair, and the way to the next."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.adjudication import cases
from annotations.adjudication.cases import Case
from annotations.adjudication.checking import Tally, open_checks
from annotations.adjudication.models import PointKind, Sweep
from annotations.adjudication.queueing import Wanted, is_left, listed, next_point
from annotations.adjudication.standing import AT_ONCE, behind, catch_up, tally_of
from annotations.assignment.models import BatchDocument
from annotations.codebook.models import Theme
from annotations.desk.adjudication_order import address_of, next_address, wanted_of
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, coder_of, project_for
from annotations.project.lately import lately
from annotations.project.models import Coder, Project

PAGE = 25
MOST = 4 * AT_ONCE
"""Documents that one look at the queue may derive."""
LOOK_UPS = 3
"""Rows that are read for a point: its own, its standing and its document."""
PLACE = re.compile(r"([0-9]{1,18})\.([0-9]{1,9})", re.ASCII)


@login_required
@require_safe
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    """Documents that all their coders have submitted, and how many still wait for one."""
    project = project_for(person(request), slug, Action.ADJUDICATE)
    caught_up = catch_up(project, most=MOST) < MOST
    page, more = _page(project, request.GET.get("after", ""))
    of = wanted_of(request.GET).of
    themes = _themes(project, of)
    points = sum(row["disputes"] + row["checks"] for row in themes)
    coder = coder_of(person(request), project)
    context = {
        "rows": [_row(case) for case in cases.read_all(page)],
        "next": f"{page[-1].batch_id}.{page[-1].position}" if more else "",
        "waiting": _waiting(project),
        "of": of,
        "orders": _orders(project, Wanted(of=of)),
        "left": _is_left(project, coder, points),
        "themes": themes,
        "pairs": _pairs(project, of, points),
        "behind": 0 if caught_up else behind(project).count(),
        "tallies": _tallies(project),
        "sweeps": Sweep.objects.filter(project=project).count(),
        **frame(request, project),
    }
    return render(request, "annotations/desk/adjudication_queue.html", context)


def _page(project: Project, after: str) -> tuple[list[BatchDocument], bool]:
    """What follows a round and a position in it, and whether there is more."""
    ready = cases.complete(cases.reaching_gold(project)).order_by("batch_id", "position")
    if begun := PLACE.fullmatch(after):
        later = Q(batch_id=begun[1], position__gt=begun[2]) | Q(batch_id__gt=begun[1])
        ready = ready.filter(later, batch_id__gte=begun[1])
    found = list(ready[: PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def _waiting(project: Project) -> int:
    """How many documents still wait for a coder; of very many as a minute ago."""
    planned = cases.reaching_gold(project).order_by()
    total, waiting = lately(
        f"waiting-{project.pk}",
        lambda: ((total := planned.count()), total - cases.complete(planned).count()),
        rows=lambda known: known[0],
    )
    return waiting


def _is_left(project: Project, coder: Coder, points: int) -> bool:
    """Whether anything waits for them; who coded very much of it themselves is told as of lately."""
    return lately(
        f"left-{project.pk}-{coder.pk}",
        lambda: is_left(project, by=coder),
        rows=lambda _left: LOOK_UPS * points,
    )


@login_required
@require_safe
def following(request: HttpRequest, slug: str) -> HttpResponse:
    """To the next point that waits: `by`, `of`, `theme`, `pair`, `after`; or back to the list."""
    project = project_for(person(request), slug, Action.ADJUDICATE)
    wanted = wanted_of(request.GET)
    coder = coder_of(person(request), project)
    found = next_point(project, wanted, by=coder, now=timezone.now())
    if found is not None:
        return HttpResponseRedirect(address_of(found, wanted))
    own = listed(project, Wanted(of=wanted.of)).exists()
    coded = _(
        "What is left is in documents that you coded yourself; someone else should settle it."
    )
    messages.info(request, coded if own else _("Nothing waits for you any more."))
    return redirect("adjudication", slug=project.slug)


def _row(case: Case) -> dict[str, Any]:
    return {
        "document": case.document,
        "batch": case.item.batch,
        "state": case.state,
        "open": len(case.open_disputes),
        "settled": len(case.disputes) - len(case.open_disputes),
        "checks": len(open_checks(case)),
    }


def _orders(project: Project, wanted: Wanted) -> list[tuple[str, str, str]]:
    """What to go by, where that leads, and its key."""
    return [
        (_("by document"), next_address(project, wanted), "d"),
        (_("by theme"), next_address(project, Wanted("theme", wanted.of)), "t"),
        (_("by pair of coders"), next_address(project, Wanted("pair", wanted.of)), "p"),
    ]


def _themes(project: Project, of: Any) -> list[dict[str, Any]]:
    """Each theme that something waits under, in the codebook's order."""
    dispute = Q(kind=PointKind.DISPUTE)
    rows = listed(project, Wanted(of=of)).exclude(family="").order_by("family").values("family")
    counted = lately(
        f"open-by-theme-{project.pk}-{of}",
        lambda: list(
            rows.annotate(disputes=Count("pk", filter=dispute), checks=Count("pk", filter=~dispute))
        ),
        rows=lambda known: sum(row["disputes"] + row["checks"] for row in known),
    )
    known = Theme.objects.filter(edition__project=project).order_by("edition__number")
    themes = {theme.key: theme for theme in known.select_related("edition")}
    found = [
        {
            **row,
            "theme": themes[row["family"]],
            "href": next_address(project, Wanted("theme", of, theme=row["family"])),
        }
        for row in counted
    ]
    return sorted(found, key=lambda row: row["theme"].order)


def _pairs(project: Project, of: Any, points: int) -> list[dict[str, Any]]:
    """Pairs of coders by number alone, the one who differ most often first."""
    rows = listed(project, Wanted(of=of)).exclude(pairs=[]).values_list("pairs", flat=True)
    counted = lately(
        f"open-by-pair-{project.pk}-{of}",
        lambda: Counter(pair for pairs in rows for pair in pairs),
        rows=lambda _known: LOOK_UPS * points,
    )
    # By their codes, which stay: a pair keeps its number while there is as much as one dispute.
    numbers = {pair: number for number, pair in enumerate(sorted(counted), start=1)}
    return [
        {
            "number": numbers[pair],
            "disputes": n,
            "href": next_address(project, Wanted("pair", of, pair=pair)),
        }
        for pair, n in counted.most_common()
    ]


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a sample, in words: `share` and `interval` are empty before the first look."""

    name: str
    tally: Tally
    share: str
    interval: str


def _tallies(project: Project) -> list[Checked]:
    """Each kind of thing that was drawn, and all of them together."""
    found = lately(
        f"tallies-{project.pk}",
        lambda: tally_of(project),
        rows=lambda known: LOOK_UPS * sum(row.drawn for row in known.values()),
    )
    unanimous, untagged = found["unanimous"], found["untagged"]
    together = Tally(
        unanimous.drawn + untagged.drawn,
        unanimous.checked + untagged.checked,
        unanimous.overturned + untagged.overturned,
    )
    return [
        _checked(_("Unanimous labels"), unanimous),
        _checked(_("Passages that nobody tagged"), untagged),
        _checked(_("Together"), together),
    ]


def _checked(name: str, tally: Tally) -> Checked:
    share, interval = tally.share, tally.interval
    said = "" if share is None else f"{_percent(share)} %"
    between = ""
    if interval is not None:
        low, high = map(_percent, interval)
        between = _("%(low)s to %(high)s %%") % {"low": low, "high": high}
    return Checked(name, tally, said, between)


def _percent(share: float) -> str:
    return number_format(round(100 * share, 1), decimal_pos=1)
