import pytest

from annotations.project.access import ALLOWED, Action, may, project_for, visible_projects
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


def test_the_table_names_every_action() -> None:
    assert set(ALLOWED) == set(Action)
