from typing import Any

import pytest

from annotations.project.access import (
    ALLOWED,
    Action,
    may,
    may_at_sight,
    project_for,
    roles,
    roles_at_sight,
    visible_projects,
)
from annotations.project.models import Role, User
from annotations.project.refusals import NotAllowed, NotVisible
from tests.cast import Cast


def test_an_outsider_is_told_that_there_is_no_such_project(cast: Cast) -> None:
    with pytest.raises(NotVisible):
        project_for(cast.dag, "labs", Action.SEE_PROJECT)
    assert not visible_projects(cast.dag).exists()


def test_a_member_without_the_role_is_told_which_roles_it_takes(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="manager"):
        project_for(cast.ada, "labs", Action.RELEASE)


def test_a_closed_account_sees_nothing(cast: Cast) -> None:
    cast.mia.is_active = False
    assert not may(cast.mia, Action.SEE_PROJECT, cast.project)


def test_a_closed_account_finds_no_project(cast: Cast) -> None:
    """Also where it was closed after the person was read."""
    User.objects.filter(pk=cast.mia.pk).update(is_active=False)
    with pytest.raises(NotVisible):
        project_for(cast.mia, "labs", Action.SEE_PROJECT)


def test_who_found_a_project_is_known_in_their_roles_without_asking_again(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):  # the project with the roles in it
        found = project_for(cast.mia, "labs", Action.SEE_PROJECT)
        assert roles_at_sight(cast.mia, found) == {Role.MANAGER}
        assert may_at_sight(cast.mia, Action.PLAN, found)
    assert found == cast.project


def test_somebody_else_is_asked_about(cast: Cast) -> None:
    found = project_for(cast.mia, "labs", Action.SEE_PROJECT)
    assert roles_at_sight(cast.ada, found) == roles(cast.ada, found) == {Role.ANNOTATOR}
    assert not may_at_sight(cast.dag, Action.SEE_PROJECT, found)


def test_the_table_names_every_action() -> None:
    assert set(ALLOWED) == set(Action)
