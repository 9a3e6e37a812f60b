"""People come by a link that is shown once, and go without taking their work along."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from annotations.assignment.models import Assignment
from annotations.project import inviting, members
from annotations.project.access import coder_of, roles
from annotations.project.accounts import create_token, fingerprint, link_of, new_sign_in_link
from annotations.project.inviting import INVITATION_LIFETIME, invite, known_to, new_link
from annotations.project.models import ApiToken, Coder, Role, SignInLink, User
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible
from tests.cast import NOW, Cast, assignment, batch, document, person

HOSTILE = "<script>alert(1)</script>\u202e\x00 \n\"'&=HYPERLINK(1)"


def test_an_invitation_is_an_account_roles_and_a_link(cast: Cast) -> None:
    made = invite(
        cast.project, "Éva  Nôvak", roles=[Role.ANNOTATOR, Role.READER], by=cast.mia, now=NOW
    )
    assert (made.user.name, made.user.username) == ("Éva Nôvak", "eva-novak")
    assert not made.user.has_usable_password()
    assert roles(made.user, cast.project) == {Role.ANNOTATOR, Role.READER}
    assert coder_of(made.user, cast.project).pseudonym == "coder-06"
    assert link_of(made.token, now=NOW + INVITATION_LIFETIME - timedelta(minutes=1))
    with pytest.raises(NotVisible):
        link_of(made.token, now=NOW + INVITATION_LIFETIME)
    assert SignInLink.objects.get().token_hash == fingerprint(made.token)


def test_two_of_one_name_are_two_accounts(cast: Cast) -> None:
    made = [
        invite(cast.project, "Ada", roles=[Role.READER], by=cast.mia, now=NOW) for _ in range(2)
    ]
    assert [each.user.username for each in made] == ["ada-2", "ada-3"]


@pytest.mark.parametrize("name", [HOSTILE, "张伟", "🧪", "'; DROP TABLE", "a" * 150])
def test_any_name_is_data(cast: Cast, name: str) -> None:
    made = invite(cast.project, name, roles=[Role.READER], by=cast.mia, now=NOW)
    assert made.user.username.isascii()
    assert not set("\x00\n\u202e") & set(made.user.name)
    made.user.full_clean(exclude=["password"])


@pytest.mark.parametrize(
    ("name", "given", "field"),
    [
        ("", [Role.READER], "name"),
        ("\u200b", [Role.READER], "name"),
        ("x" * 151, [Role.READER], "name"),
        ("Eva", [], "roles"),
    ],
)
def test_what_lacks_is_named(cast: Cast, name: str, given: list[Role], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        invite(cast.project, name, roles=given, by=cast.mia, now=NOW)
    assert refused.value.extra["errors"][0]["field"] == field
    assert not SignInLink.objects.exists()


@pytest.mark.parametrize(
    ("name", "refusal"), [("ada", NotAllowed), ("cleo", NotAllowed), ("dag", NotVisible)]
)
def test_only_managers_see_to_members(cast: Cast, name: str, refusal: type[Exception]) -> None:
    by = getattr(cast, name)
    for deed in (
        lambda: invite(cast.project, "Eva", roles=[Role.READER], by=by, now=NOW),
        lambda: new_link(cast.ben, cast.project, by=by, now=NOW),
        lambda: members.give_role(cast.ben, cast.project, Role.MANAGER, by=by),
        lambda: members.take_role(cast.ben, cast.project, Role.ANNOTATOR, by=by),
        lambda: members.remove(cast.ben, cast.project, by=by),
        lambda: inviting.erase_account(cast.ben, cast.project, by=by),
    ):
        with pytest.raises(refusal), transaction.atomic():
            deed()


def test_a_new_link_makes_the_old_ones_useless(cast: Cast) -> None:
    first = new_link(cast.ada, cast.project, by=cast.mia, now=NOW)
    second = new_link(cast.ada, cast.project, by=cast.mia, now=NOW)
    with pytest.raises(NotVisible):
        link_of(first.token, now=NOW)
    assert link_of(second.token, now=NOW).user == cast.ada


def test_a_manager_gets_no_way_into_what_is_not_theirs(cast: Cast) -> None:
    """Neither by a link to somebody of another project, nor to staff, nor by beginning a project."""
    other = members.begin("other", "Other", by=cast.dag)
    members.enrol(cast.ada, other, roles=[Role.READER])
    User.objects.filter(pk=cast.ben.pk).update(is_staff=True)
    cast.ben.refresh_from_db()
    for user in (cast.ada, cast.ben):
        for deed in (new_link, inviting.erase_account):
            with pytest.raises(NotAllowed):
                deed(user, cast.project, by=cast.mia, **({"now": NOW} if deed is new_link else {}))  # type: ignore[operator]  # as each takes it
    with pytest.raises(NotVisible):
        inviting.bring(cast.cleo, other, roles=[Role.READER], by=cast.dag)
    with pytest.raises(NotVisible):
        new_link(cast.cleo, other, by=cast.dag, now=NOW)


def test_somebody_of_another_project_of_mine_is_brought(cast: Cast) -> None:
    second = members.begin("second", "Second", by=cast.mia)
    assert cast.ada in known_to(cast.mia, second)
    inviting.bring(cast.ada, second, roles=[Role.ANNOTATOR], by=cast.mia)
    assert roles(cast.ada, second) == {Role.ANNOTATOR}
    assert cast.ada not in known_to(cast.mia, second)
    assert new_link(cast.ada, second, by=cast.mia, now=NOW)  # both projects are mia's


def test_roles_come_and_go_one_by_one(cast: Cast) -> None:
    members.give_role(cast.ada, cast.project, Role.ADJUDICATOR, by=cast.mia)
    members.take_role(cast.ada, cast.project, Role.ANNOTATOR, by=cast.mia)
    assert roles(cast.ada, cast.project) == {Role.ADJUDICATOR}
    with pytest.raises(NotNow):
        members.take_role(cast.ada, cast.project, Role.ADJUDICATOR, by=cast.mia)
    with pytest.raises(NotVisible):
        members.give_role(cast.dag, cast.project, Role.READER, by=cast.mia)


def test_a_project_keeps_a_manager(cast: Cast) -> None:
    members.give_role(cast.mia, cast.project, Role.READER, by=cast.mia)
    for deed in (
        lambda: members.take_role(cast.mia, cast.project, Role.MANAGER, by=cast.mia),
        lambda: members.remove(cast.mia, cast.project, by=cast.mia),
        lambda: inviting.erase_account(cast.mia, cast.project, by=cast.mia),
        lambda: members.erase(cast.mia),
    ):
        with pytest.raises(NotNow) as refused, transaction.atomic():
            deed()
        assert refused.value.extra["reason"] == "last-manager"
    members.give_role(cast.cleo, cast.project, Role.MANAGER, by=cast.mia)
    User.objects.filter(pk=cast.cleo.pk).update(is_active=False)
    with pytest.raises(NotNow):  # a manager who cannot sign in is none
        members.remove(cast.mia, cast.project, by=cast.mia)
    User.objects.filter(pk=cast.cleo.pk).update(is_active=True)
    members.remove(cast.mia, cast.project, by=cast.mia)
    assert roles(cast.mia, cast.project) == frozenset()


def test_whoever_goes_leaves_their_work(cast: Cast) -> None:
    text = document(cast.project, "Nights.\n")
    coder = cast.coder(cast.ada)
    assignment(batch(cast.project, cast.edition, [text]), text, coder)
    create_token(cast.ada, name="t", scopes=["read"], now=NOW)
    new_sign_in_link(cast.ada, now=NOW)
    inviting.erase_account(cast.ada, cast.project, by=cast.mia)
    coder.refresh_from_db()
    assert (coder.user, coder.pseudonym) == (None, "coder-01")
    assert Assignment.objects.get().coder == coder
    assert not SignInLink.objects.exists()
    assert not ApiToken.objects.exists()


def test_a_pseudonym_is_nobody_else_s_again(cast: Cast) -> None:
    members.remove(cast.ada, cast.project, by=cast.mia)
    members.enrol(person("eva"), cast.project, roles=[Role.ANNOTATOR])
    names = Coder.objects.filter(project=cast.project).values_list("pseudonym", flat=True)
    assert len(set(names)) == 6
    members.enrol(cast.ada, cast.project, roles=[Role.ANNOTATOR])
    assert coder_of(cast.ada, cast.project).pseudonym == "coder-01"
