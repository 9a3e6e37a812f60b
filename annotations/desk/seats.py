"""Who sits where in a round: the people and their pace, every seat, and what changes them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annotations.assignment.allocating import Allocation
from annotations.assignment.batching import batch_for
from annotations.assignment.models import Assignment, Batch, BatchDocument
from annotations.assignment.planning import coders_of
from annotations.assignment.progress import of_people
from annotations.assignment.reopening import reopen_submission
from annotations.assignment.seating import hand_over, join, leave, replace, seat_free
from annotations.assignment.seats import Hand
from annotations.desk.seat_rows import SHOW, listed, rows_of
from annotations.desk.signed_in import frame, person
from annotations.project.models import Coder, User
from annotations.project.refusals import Invalid, NotNow, NotVisible

MOST = 100_000


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def seats(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """GET: people and seats; `show` picks documents. POST `do`: join, leave, replace, seat, hand, reopen."""
    found = batch_for(person(request), uuid)
    if request.method == "POST":
        try:
            messages.success(request, Doing(request, found).done())
        except (Invalid, NotNow) as refusal:
            messages.error(request, refusal.message)
        return redirect(request.get_full_path())
    show = request.GET.get("show", "")
    page = listed(found, show, page=request.GET.get("page"))
    people = of_people(found, today=timezone.localdate())
    taking = {each.coder.pk for each in people if each.hand is None or each.hand.left_at is None}
    coders = list(coders_of(found.project))
    context = {
        **frame(request, found.project),
        "batch": found,
        "people": people,
        "page": page,
        "rows": rows_of(found, list(page.object_list)),
        "show": show,
        "shows": SHOW,
        "coders": coders,
        "outside": [(each.pseudonym, named(each)) for each in coders if each.pk not in taking],
    }
    return render(request, "annotations/desk/seats.html", context)


class Doing:
    """One deed that the page asks for; `done` says in words what was done."""

    def __init__(self, request: HttpRequest, batch: Batch) -> None:
        self.asked = request.POST
        self.batch = batch
        self.by: User = person(request)
        self.now = timezone.now()
        self.reason = request.POST.get("reason", "")

    def done(self) -> str:
        deeds = {
            "join": self.join,
            "leave": self.leave,
            "replace": self.replace,
            "seat": self.seat,
            "hand": self.hand,
            "reopen": self.reopen,
        }
        deed = deeds.get(self.asked.get("do", ""))
        if deed is None:
            raise Invalid(_("There is no such action."))
        return deed()

    def join(self) -> str:
        most = self.asked.get("most", "").strip()
        if most and not (most.isdecimal() and 1 <= int(most) <= MOST):
            raise Invalid(
                _("The most that someone takes is 1 to %(most)s documents.") % {"most": MOST}
            )
        spoken = self.asked.get("languages", "").replace(",", " ").lower().split()
        hand = join(
            self._coder("coder"),
            self.batch,
            by=self.by,
            most=int(most) if most else None,
            languages=dict.fromkeys(each[:20] for each in spoken),
        )
        return _("%(who)s takes part.") % {"who": named(hand.coder)}

    def leave(self) -> str:
        left = leave(self._coder("coder"), self.batch, reason=self.reason, by=self.by, now=self.now)
        words = _("%(who)s has left: %(released)s given back, %(freed)s seats free.")
        return words % {
            "who": named(left.hand.coder),
            "released": left.released,
            "freed": left.freed,
        }

    def replace(self) -> str:
        leaver = Hand.objects.filter(batch=self.batch, coder=self._coder("coder")).first()
        if leaver is None:
            raise NotVisible
        newcomer = self._coder("to")
        made = replace(leaver, newcomer=newcomer, by=self.by, now=self.now)
        return _seated(made, named(newcomer))

    def seat(self) -> str:
        return _seated(seat_free(self.batch, by=self.by, now=self.now), "")

    def hand(self) -> str:
        to = self._coder("to")
        slot = self.asked.get("slot", "")
        if not slot.isdecimal():
            raise Invalid(_("Choose a slot."))
        hand_over(self._item(), int(slot[:4]), to=to, reason=self.reason, by=self.by, now=self.now)
        return _("The seat is now that of %(who)s.") % {"who": named(to)}

    def reopen(self) -> str:
        slot = self.asked.get("slot", "")
        work = Assignment.objects.submitted().filter(
            batch=self.batch,
            document=self._item().document_id,
            slot=int(slot[:4]) if slot.isdecimal() else 0,
        )
        found = work.select_related("project", "coder__user").first()
        if found is None:
            raise NotNow(_("Nothing is submitted in this slot."))
        reopen_submission(found, reason=self.reason, by=self.by, now=self.now)
        words = _("%(who)s can change the submission; the first one stays what agreement reads.")
        return words % {"who": named(found.coder)}

    def _coder(self, field: str) -> Coder:
        name = self.asked.get(field, "")
        rows = Coder.objects.filter(project=self.batch.project_id).select_related("user")
        found = rows.filter(pseudonym=name).first()
        if found is None:
            raise Invalid(_("Choose a person."))
        return found

    def _item(self) -> BatchDocument:
        try:
            document = UUID(self.asked.get("document", ""))
        except ValueError as error:
            raise Invalid(_("Choose a document.")) from error
        rows = BatchDocument.objects.filter(batch=self.batch, document__uuid=document)
        found = rows.select_related("batch__project", "project").first()
        if found is None:
            raise NotVisible
        return found


def named(coder: Coder) -> str:
    return str(coder.user or coder.pseudonym)


def _seated(made: Allocation, who: str) -> str:
    count = len(made.seats)
    told = ngettext("%(count)s seat is taken.", "%(count)s seats are taken.", count)
    words = [told % {"count": count}]
    free = sum(gap.slots for gap in made.unseated)
    if free:
        more = ngettext("%(count)s slot stays free.", "%(count)s slots stay free.", free)
        words.append(more % {"count": free})
    return " ".join([f"{who}:", *words] if who else words)
