"""The agreement page says what there is, and why there is none."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from annotations.agreement.coefficients.figures import Coefficient
from annotations.agreement.measuring import Presence
from annotations.desk.agreement_plot import plot
from tests import cast as made
from tests.adjudication import makers
from tests.agreement.studies import study
from tests.cast import Cast
from tests.desk.test_adjudication import by


def page(cast: Cast, client: Client) -> str:
    answer = client.get(reverse("agreement", args=[cast.project.slug]))
    assert answer.status_code == 200
    return answer.content.decode()


def coded(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row])
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    makers.coded(batch, row, {ada: [makers.NIGHTS, makers.PAY], ben: [makers.PAY]})


def test_every_theme_has_its_figure_in_table_and_plot(cast: Cast) -> None:
    coded(cast)
    shown = page(cast, by(cast.mia))
    assert shown.count("<circle") == 4  # two themes, drawn for a wide and for a narrow page
    assert "1.000" in shown
    assert "<title" in shown
    assert "<desc" in shown


def test_where_there_is_none_the_reason_stands(cast: Cast) -> None:
    assert "nothing was submitted yet" in page(cast, by(cast.cleo))
    coded(cast)
    assert "all judgements are the same" in page(cast, by(cast.cleo))


def test_a_stance_without_two_who_gave_the_theme_says_so(cast: Cast) -> None:
    coded(cast)
    assert "no passage was given it by two" in page(cast, by(cast.cleo))


def test_the_plot_takes_no_style_attribute(cast: Cast) -> None:
    coded(cast)
    assert not re.search(r"<[^>]+\sstyle=", page(cast, by(cast.mia)))


def test_numbers_of_the_drawing_do_not_follow_the_language(cast: Cast) -> None:
    coded(cast)
    client = by(cast.mia)
    client.cookies["django_language"] = "fr"
    assert not re.search(r'c[xy]="\d+,', page(cast, client))


@pytest.mark.parametrize(("value", "first"), [(-0.2, "−0.25"), (-0.9, "−1.00"), (0.2, "0.00")])
def test_the_axis_reaches_below_zero_only_when_a_figure_does(
    cast: Cast, value: float, first: str
) -> None:
    figure = Coefficient(value)
    theme = cast.edition.themes.get(key="burnout")
    drawn = plot([(theme, Presence(figure, figure, figure, figure))])
    assert drawn.ticks[0].label == first


def test_a_round_is_chosen_in_the_address(cast: Cast) -> None:
    row = makers.document(cast.project, "Another text. It is short.")
    pilot = made.batch(cast.project, cast.edition, [row], kind="pilot")
    client = by(cast.mia)
    address = reverse("agreement", args=[cast.project.slug])
    shown = client.get(address, {"batch": str(pilot.uuid)})
    assert "nothing was submitted yet" in shown.content.decode()
    assert client.get(address, {"batch": "nonsense"}).status_code == 422


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("rita", 403), ("dag", 404)])
def test_the_figures_are_for_managers_and_adjudicators(cast: Cast, who: str, status: int) -> None:
    client = by(getattr(cast, who))
    assert client.get(reverse("agreement", args=[cast.project.slug])).status_code == status


def cells(shown: str) -> list[str]:
    """Where the figures lead."""
    found = re.findall(r'href="([^"]*/agreement/passages[^"]*)"', shown)
    return sorted({each.replace("&amp;", "&") for each in found})


def test_every_figure_leads_to_the_passages_behind_it(cast: Cast) -> None:
    study(cast, documents=3, lines=8)
    client = by(cast.mia)
    shown = page(cast, client)
    addresses = cells(shown)
    assert len(addresses) > 60
    for kind in ("with=", "pair=", "stance=", "on=voice", "edition="):
        assert any(kind in each for each in addresses), kind
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address


def test_a_square_of_the_heat_map_says_what_the_table_says(cast: Cast) -> None:
    study(cast, documents=3, lines=8)
    shown = page(cast, by(cast.mia))
    drawing = shown[
        shown.index('class="heat"') : shown.index("</svg>", shown.index('class="heat"'))
    ]
    table = shown[shown.index('aria-labelledby="confusion-title"') :]
    table = table[: table.index("</table>")]
    squares = re.findall(r"<title>[^<]*: (\d+)</title>", drawing)
    numbers = re.findall(r'<td class="num"[^>]*>(?:<a [^>]*>)?(\d+)', table)
    assert len(squares) == 7 * 7
    assert squares == numbers
    assert 'aria-hidden="true"' in drawing


def test_what_costs_most_comes_first_with_its_clauses(cast: Cast) -> None:
    study(cast, documents=6, lines=8)
    shown = page(cast, by(cast.mia))
    first = shown[shown.index('<ol class="costly">') :]
    shares = [float(each) for each in re.findall(r"(\d+\.\d)% of the disagreement", first)]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(100, abs=0.5)
    top = first[: first.index("</li>")]
    assert top.count("<dt>Definition</dt>") == 2
    assert "What is said of" in top


def test_where_nobody_differs_nothing_is_to_be_fixed(cast: Cast) -> None:
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row])
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    makers.coded(batch, row, {ada: [makers.PAY], ben: [makers.PAY]})
    assert "What to fix first" not in page(cast, by(cast.mia))


def test_each_two_coders_are_a_square_from_three_on(cast: Cast) -> None:
    coded(cast)
    assert "Each two coders" not in page(cast, by(cast.mia))
    study(cast, documents=2, lines=6)
    assert "Each two coders" in page(cast, by(cast.mia))


def test_the_passages_name_what_they_are_about(cast: Cast) -> None:
    study(cast, documents=3, lines=8)
    address = reverse("agreement-passages", args=[cast.project.slug])
    client = by(cast.cleo)
    shown = client.get(address, {"theme": "burnout", "with": "nothing"}).content.decode()
    assert "Burnout ↔ nothing of it" in shown
    assert not re.search(r"<[^>]+\sstyle=", shown)
    assert client.get(address, {"theme": "nonsense"}).status_code == 422
    assert client.get(address, {"batch": "nonsense"}).status_code == 422
