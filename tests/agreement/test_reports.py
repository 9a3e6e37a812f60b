"""The headline figures: from first submissions, over passages that coders judged."""

from __future__ import annotations

import pytest

from annotations.agreement.coefficients.figures import Undefined
from annotations.agreement.measuring import Presence
from annotations.agreement.reports import Report, across, fingerprint, report
from annotations.agreement.submissions import Selection
from annotations.assignment.models import Assignment
from annotations.coding import submitting
from annotations.coding.submitting import Submission
from annotations.corpus.models import Document, Passage, Story
from annotations.project.members import enrol
from annotations.project.models import Coder
from tests import cast as made
from tests.adjudication import makers
from tests.cast import Cast

TEXT = "\n".join(f"Line {number} is about work." for number in range(10))


def line(number: int, theme: str = "burnout") -> makers.Coding:
    return (f"Line {number} is about work.", theme, "against")


def of(figures: Report, key: str) -> Presence:
    (found,) = [each for each in figures.themes if each.theme == key]
    return found.whole


def two(cast: Cast) -> tuple[Coder, Coder]:
    return cast.coder(cast.ada), cast.coder(cast.ben)


def test_before_anything_is_submitted_every_figure_says_why_it_is_missing(cast: Cast) -> None:
    figures = report(cast.project)
    assert [each.theme for each in figures.themes] == [
        "burnout",
        "compensation",
        "secrecy",
        "other",
    ]
    assert {each.whole.alpha.reason for each in figures.themes} == {Undefined.NO_UNITS}


def test_a_project_without_a_codebook_in_use_has_no_figures(cast: Cast) -> None:
    empty = made.Project.objects.create(slug="empty", name="Empty")
    assert report(empty).edition is None


def test_agreement_is_counted_over_passages(cast: Cast) -> None:
    row = makers.document(cast.project, TEXT)
    batch = made.batch(cast.project, cast.edition, [row])
    ada, ben = two(cast)
    makers.coded(batch, row, {ada: [line(0), line(1), line(2)], ben: [line(1), line(2), line(3)]})
    burnout = of(report(cast.project), "burnout")
    assert burnout.percent.value == pytest.approx(0.8)
    assert burnout.positive.value == pytest.approx(2 * 2 / (4 + 2))
    assert burnout.prevalence.value == pytest.approx(6 / 20)
    # D_o = 4 / 20, D_e = 2 · 6 · 14 / (20 · 19)
    assert burnout.alpha.value == pytest.approx(1 - (4 / 20) / (2 * 6 * 14 / (20 * 19)))
    assert burnout.alpha.n_pairable == 10


def test_a_theme_that_nobody_gave_has_no_alpha(cast: Cast) -> None:
    row = makers.document(cast.project, TEXT)
    batch = made.batch(cast.project, cast.edition, [row])
    ada, ben = two(cast)
    makers.coded(batch, row, {ada: [line(0)], ben: [line(0)]})
    secrecy = of(report(cast.project), "secrecy")
    assert (secrecy.alpha.value, secrecy.alpha.reason) == (None, Undefined.NO_VARIATION)
    assert secrecy.positive.reason is Undefined.VALUE_NEVER_GIVEN
    assert secrecy.percent.value == 1.0


def test_sub_themes_count_as_their_parent(cast: Cast) -> None:
    row = makers.document(cast.project, TEXT)
    batch = made.batch(cast.project, cast.edition, [row])
    ada, ben = two(cast)
    makers.coded(batch, row, {ada: [line(0)], ben: [line(0, "long_hours")]})
    assert of(report(cast.project), "burnout").alpha.value == 1.0


def test_what_was_not_judged_is_missing_and_what_was_tagged_was_judged(cast: Cast) -> None:
    row = makers.document(cast.project, TEXT)
    batch = made.batch(cast.project, cast.edition, [row])
    ada, ben = two(cast)
    makers.submitted(batch, row, ada, [line(0)], slot=1)
    makers.submitted(batch, row, ben, [line(5)], slot=2, judged=[0, 1])
    burnout = of(report(cast.project), "burnout").alpha
    assert (burnout.n_units, burnout.n_pairable) == (10, 3)


def test_boilerplate_is_no_unit(cast: Cast) -> None:
    row = makers.document(cast.project, TEXT, zones=["title", "boilerplate", "link"])
    batch = made.batch(cast.project, cast.edition, [row])
    ada, ben = two(cast)
    makers.coded(batch, row, {ada: [line(3), line(1)], ben: [line(3)]})
    burnout = of(report(cast.project), "burnout").alpha
    assert (burnout.n_pairable, burnout.value) == (7, 1.0)


def test_titles_are_counted_apart(cast: Cast) -> None:
    row = makers.document(cast.project, TEXT, zones=["title"])
    batch = made.batch(cast.project, cast.edition, [row])
    ada, ben = two(cast)
    makers.coded(batch, row, {ada: [line(0), line(3)], ben: [line(3)]})
    figures = report(cast.project)
    (burnout,) = [each for each in figures.themes if each.theme == "burnout"]
    assert (figures.passages, figures.titles) == (9, 1)
    assert burnout.whole.percent.value == 1.0
    assert burnout.titles.percent.value == 0.0


def test_the_first_submission_counts_however_it_is_changed_later(cast: Cast) -> None:
    row = makers.document(cast.project, TEXT)
    batch = made.batch(cast.project, cast.edition, [row])
    ada, ben = two(cast)
    makers.coded(batch, row, {ada: [line(0), line(1)], ben: [line(0)]})
    before = of(report(cast.project), "burnout").alpha
    work = Assignment.objects.get(document=row, coder=ben)
    makers.take_back(work)
    makers.save(work, line(1))
    makers.submit(work)
    assert of(report(cast.project), "burnout").alpha == before


def test_pilots_are_no_headline(cast: Cast) -> None:
    row = makers.document(cast.project, TEXT)
    batch = made.batch(cast.project, cast.edition, [row], kind="pilot")
    ada, ben = two(cast)
    makers.coded(batch, row, {ada: [line(0)], ben: [line(0)]})
    assert report(cast.project).documents == 0


def test_a_new_edition_in_use_starts_new_figures(cast: Cast) -> None:
    row = makers.document(cast.project, TEXT)
    batch = made.batch(cast.project, cast.edition, [row])
    ada, ben = two(cast)
    makers.coded(batch, row, {ada: [line(0)], ben: [line(0)]})
    made.frozen_edition(cast.project, number=2)
    figures = report(cast.project)
    assert figures.edition is not None
    assert (figures.edition.number, figures.documents) == (2, 0)


def test_documents_of_one_coder_are_said_but_not_compared(cast: Cast) -> None:
    rows = [makers.document(cast.project, TEXT), makers.document(cast.project, TEXT + "\nMore.")]
    batch = made.batch(cast.project, cast.edition, rows)
    ada, ben = two(cast)
    makers.coded(batch, rows[0], {ada: [line(0)], ben: []})
    makers.submitted(batch, rows[1], ada, [line(0)], slot=1)
    figures = report(cast.project)
    assert (figures.documents, figures.compared, figures.coders) == (2, 1, 2)
    assert of(figures, "burnout").alpha.n_pairable == 10


def test_the_queries_do_not_grow_with_the_documents(
    cast: Cast, django_assert_num_queries: object
) -> None:
    rows = [makers.document(cast.project, f"{TEXT}\n{n}") for n in range(3)]
    batch = made.batch(cast.project, cast.edition, rows)
    ada, ben = two(cast)
    for row in rows:
        makers.coded(batch, row, {ada: [line(0)], ben: []})
    # Edition; project, submissions, stories, coders, zones; then what is counted from.
    with django_assert_num_queries(14):  # type: ignore[operator]
        counted = report(cast.project)
    with django_assert_num_queries(6):  # type: ignore[operator]
        kept = report(cast.project)
    assert kept == counted


@pytest.mark.parametrize("changed", ["zone", "language", "story", "pseudonym", "submission"])
def test_whatever_figures_rest_on_gives_others_when_it_changes(cast: Cast, changed: str) -> None:
    rows = [makers.document(cast.project, f"{TEXT}\n{n}") for n in range(2)]
    batch = made.batch(cast.project, cast.edition, rows)
    ada, ben = two(cast)
    for row in rows:
        makers.submitted(batch, row, ada, [line(0)], slot=1)
    makers.submitted(batch, rows[0], ben, [line(1)], slot=2)
    before = fingerprint(Selection(cast.edition))
    if changed in {"zone", "language"}:
        Passage.objects.filter(document=rows[0], index=2).update(
            **{"zone": "boilerplate"} if changed == "zone" else {"language": "xx"}
        )
    elif changed == "story":
        Document.objects.filter(pk=rows[0].pk).update(
            story=Story.objects.create(project=cast.project)
        )
    elif changed == "pseudonym":
        Coder.objects.filter(pk=ada.pk).update(pseudonym="renamed")
    else:
        makers.submitted(batch, rows[1], ben, [], slot=2)
    assert fingerprint(Selection(cast.edition)) != before


def test_a_round_and_an_earlier_edition_can_be_asked_for(cast: Cast) -> None:
    row = makers.document(cast.project, TEXT)
    pilot = made.batch(cast.project, cast.edition, [row], kind="pilot")
    ada, ben = two(cast)
    makers.coded(pilot, row, {ada: [line(0)], ben: [line(0)]})
    made.frozen_edition(cast.project, number=2)
    assert report(cast.project, batch=pilot).documents == 1
    assert report(cast.project, edition=cast.edition).documents == 0


def test_stance_is_compared_where_both_gave_the_theme(cast: Cast) -> None:
    row = makers.document(cast.project, TEXT)
    batch = made.batch(cast.project, cast.edition, [row])
    ada, ben = two(cast)
    said: dict[Coder, list[makers.Coding]] = {ada: [], ben: []}
    for n, stances in enumerate([("against", "against"), ("favor", "favor"), ("against", "mixed")]):
        for coder, stance in zip((ada, ben), stances, strict=True):
            said[coder].append((f"Line {n} is about work.", "burnout", stance))
    said[ada].append(line(7))
    makers.coded(batch, row, said)
    (burnout,) = [each for each in report(cast.project).themes if each.theme == "burnout"]
    stances = burnout.stances
    assert stances.passages == stances.nominal.n_pairable == 3
    # Coincidences: against 3, favor 2, mixed 1; one of three units differs.
    assert stances.nominal.value == pytest.approx(1 - 5 * 2 / (36 - 14))
    assert stances.ordinal.value is not None
    assert stances.nominal.value is not None
    assert stances.ordinal.value > stances.nominal.value
    assert stances.holder.reason is Undefined.NO_VARIATION
    assert stances.same_holder.value == stances.nominal.value


def test_the_interval_draws_stories_and_holds_the_figure(cast: Cast) -> None:
    rows = [makers.document(cast.project, f"{TEXT}\n{n}") for n in range(6)]
    batch = made.batch(cast.project, cast.edition, rows)
    ada, ben = two(cast)
    for n, row in enumerate(rows):
        makers.coded(batch, row, {ada: [line(0), line(n)], ben: [line(0)]})
    figures = report(cast.project)
    burnout = of(figures, "burnout")
    assert burnout.interval is not None
    assert burnout.alpha.value is not None
    assert burnout.interval.low < burnout.alpha.value <= burnout.interval.high
    assert burnout.interval.groups == figures.stories == 6
    assert burnout.interval.few


def test_pairs_languages_and_rounds_have_figures_of_their_own(cast: Cast) -> None:
    row = makers.document(cast.project, TEXT)
    Passage.objects.filter(document=row, index__gte=5).update(language="fr")
    batch = made.batch(cast.project, cast.edition, [row])
    ada, ben = two(cast)
    makers.coded(batch, row, {ada: [line(0), line(6)], ben: [line(0), line(7)]})
    (burnout,) = [each for each in report(cast.project).themes if each.theme == "burnout"]
    assert {name: each.percent.value for name, each in burnout.languages.items()} == {
        row.language: 1.0,
        "fr": pytest.approx(3 / 5),
    }
    assert burnout.pairs[ada.pseudonym, ben.pseudonym].alpha == burnout.whole.alpha
    assert burnout.batches[batch.name].alpha == burnout.whole.alpha


def test_spans_of_partial_submissions_are_left_out(cast: Cast) -> None:
    row = makers.document(cast.project, TEXT)
    batch = made.batch(cast.project, cast.edition, [row], slots=3)
    ada, ben = two(cast)
    makers.coded(batch, row, {ada: [line(0)], ben: [line(0)]})
    eve = enrol(made.person("eve"), cast.project, roles=["annotator"])
    work = made.assignment(batch, row, eve, slot=3)
    makers.save(work, line(1))
    partial = Submission(judged=[0, 1], up_to=50, reason="Ill.")
    submitting.submit(work, partial, by=eve, now=made.NOW)
    (burnout,) = [each for each in report(cast.project).themes if each.theme == "burnout"]
    assert (burnout.spans.spans, burnout.spans.exact.figure.value) == (2, 1.0)
    assert burnout.whole.alpha.n_coders == 3


def test_editions_stand_side_by_side(cast: Cast) -> None:
    ada, ben = two(cast)
    for number, edition in ((1, cast.edition), (2, made.frozen_edition(cast.project, number=2))):
        row = makers.document(cast.project, f"{TEXT}\n{number}")
        batch = made.batch(cast.project, edition, [row], name=f"Round {number}")
        makers.coded(batch, row, {ada: [line(0)], ben: [line(number - 1)]})
    made.frozen_edition(cast.project, number=3)
    found = {
        each.edition.number: of(each, "burnout").alpha.value
        for each in across(cast.project, report(cast.project))
        if each.edition
    }
    assert set(found) == {1, 2}
    assert found[1] == 1.0
    assert found[2] is not None
    assert found[2] < 1.0


def test_stance_has_an_interval_by_story_too(cast: Cast) -> None:
    rows = [makers.document(cast.project, f"{TEXT}\n{n}") for n in range(6)]
    batch = made.batch(cast.project, cast.edition, rows)
    ada, ben = two(cast)
    for n, row in enumerate(rows):
        said = [(f"Line {k} is about work.", "burnout", "against") for k in (0, 1)]
        other = (said[1][0], "burnout", "favor") if n % 2 else said[1]
        favor = (said[0][0], "burnout", "favor")
        codings = {ada: [favor, said[1]], ben: [favor, other]}
        makers.coded(batch, row, codings)
    (burnout,) = [each for each in report(cast.project).themes if each.theme == "burnout"]
    interval, nominal = burnout.stances.interval, burnout.stances.nominal
    assert interval is not None
    assert nominal.value is not None
    assert interval.low < nominal.value < interval.high
    assert interval.groups == 6


def test_what_figures_are_by_has_intervals_from_its_own_stories(cast: Cast) -> None:
    rows = [makers.document(cast.project, f"{TEXT}\n{n}") for n in range(6)]
    Passage.objects.filter(document__in=rows[:3]).update(language="fr")
    batch = made.batch(cast.project, cast.edition, rows)
    ada, ben = two(cast)
    for n, row in enumerate(rows):
        makers.coded(batch, row, {ada: [line(0), line(n)], ben: [line(0)]})
    burnout = next(each for each in report(cast.project).themes if each.theme == "burnout")
    french, whole = burnout.languages["fr"].interval, burnout.batches[batch.name].interval
    pair = burnout.pairs[ada.pseudonym, ben.pseudonym].interval
    assert french is not None
    assert whole is not None
    assert (french.groups, whole.groups) == (3, 6)
    assert pair == whole == burnout.whole.interval
