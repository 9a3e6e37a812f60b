"""Holes that tools of this kind had, and the usual ones: each is held shut by tests that are there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent

HOLES: dict[str, str] = {
    "asking addresses that a user gives, from the server": """
        test_hostile_files.test_markup_stays_characters_and_asks_nobody
        test_hostile_pages.test_no_element_of_the_copy_is_fetched
        test_hostile_pages.test_an_address_that_is_none_of_the_web_is_not_kept""",
    "markup in names, labels, settings and imported data": """
        test_stored_markup.test_no_words_of_people_are_markup_on_any_page
        test_markup_in_a_browser.test_no_word_of_people_becomes_an_element
        test_hostile_pages.test_what_a_page_says_reaches_our_pages_as_text_alone
        test_downloads.test_xml_of_ours_has_no_element_of_peoples
        test_downloads.test_cards_have_no_element_no_picture_and_no_cell_of_peoples
        test_headers.test_the_policy_lets_nothing_run_that_is_not_ours""",
    "a secret key that everybody knows, default accounts": """
        test_deployed.test_nothing_is_to_be_warned_of
        test_guessing.test_secrets_are_long_and_kept_as_fingerprints_that_an_index_finds""",
    "lookups of the database in filters and orderings": """
        test_bodies.test_what_is_not_described_is_refused_over_rest
        test_bodies.test_no_filter_and_no_ordering_of_a_page_reaches_the_tables
        test_bodies.test_what_is_searched_for_is_text_and_never_a_statement""",
    "paths that lead out of uploads and archives": """
        test_hostile_files.test_names_that_lead_out_of_an_archive_are_refused
        test_hostile_files.test_nothing_is_written_beside_the_database
        test_downloads.test_no_name_in_an_archive_of_ours_leads_anywhere
        test_downloads.test_every_download_is_one_by_a_harmless_name
        test_on_the_wire.test_no_address_leads_out_or_breaks_the_server""",
    "links for signing in that another host gets, ways that lead elsewhere": """
        test_addresses.test_no_next_leads_elsewhere
        test_addresses.test_another_host_is_answered_by_nothing
        test_addresses.test_what_a_request_says_of_its_host_is_in_no_answer
        test_addresses.test_a_printed_link_begins_with_what_the_settings_say""",
    "tokens for ever, and readable": """
        test_guessing.test_a_link_lets_in_once_and_not_for_ever
        test_guessing.test_no_secret_stands_anywhere_in_the_database
        test_addresses.test_a_token_in_an_address_is_no_token
        test_addresses.test_an_address_with_a_secret_is_told_to_nobody_who_is_linked_to""",
    "secrets in logs": """
        test_secrets_in_logs.test_no_secret_is_written_down
        test_secrets_in_logs.test_not_even_where_postgresql_writes_down_every_statement
        test_hostile_identity.test_why_it_failed_is_logged_without_what_was_said""",
    "secrets told by how long they are looked at": """
        test_timing.test_whatever_is_wrong_with_a_token_the_same_is_done
        test_timing.test_whatever_is_wrong_with_a_link_the_same_is_done
        test_timing.test_a_password_is_worked_upon_once_whoever_it_is_for
        test_timing.test_the_secret_of_the_figures_is_compared_by_digests_of_one_length""",
    "projects of others": """
        test_tokens_by_project.test_to_a_token_for_another_project_its_person_is_an_outsider
        test_tokens_by_project.test_the_short_way_of_saving_knows_it_too
        test_tokens_by_project.test_the_short_way_of_a_frozen_file_knows_it_too
        test_routes.test_everybody_gets_what_the_table_says
        test_routes.test_foreign_things_look_like_unknown_ones
        test_foreign_projects.test_the_slug_of_ones_own_project_opens_nothing_of_another
        test_foreign_projects.test_no_body_reaches_into_another_project""",
    "forms sent from elsewhere": """
        test_forgery.test_nothing_is_done_without_the_token_of_the_page
        test_forgery.test_no_link_does_anything
        test_sessions.test_a_link_of_another_signs_nobody_in_by_being_opened""",
    "sessions planted or kept": """
        test_sessions.test_no_way_in_goes_on_with_a_session_that_was_planted
        test_sessions.test_the_session_before_the_second_factor_is_not_the_one_after
        test_sessions.test_a_cookie_that_was_kept_is_of_no_use_once_its_person_signed_out
        test_sessions.test_over_https_no_neighbouring_host_can_plant_a_cookie""",
    "a provider of identities that says what it likes": """
        test_hostile_identity.test_a_token_that_the_provider_did_not_sign_lets_nobody_in
        test_hostile_identity.test_a_token_that_says_too_little_or_is_for_others_lets_nobody_in
        test_hostile_identity.test_both_answers_are_about_one_person
        test_hostile_identity.test_the_mail_of_another_makes_nobody_them
        test_hostile_identity.test_another_sub_is_another_person
        test_hostile_identity.test_a_name_is_a_line_of_at_most_150_characters
        test_hostile_identity.test_no_answer_of_a_provider_breaks_the_workbench
        test_hostile_identity.test_a_way_back_is_of_the_browser_that_left_and_once""",
    "guessing": """
        test_guessing.test_after_five_wrong_codes_the_right_ones_wait_from_wherever
        test_guessing.test_links_are_tried_so_often_and_no_more_from_an_address
        test_guessing.test_no_header_gives_a_stranger_another_address""",
    "fields that are nobody's to say": """
        test_bodies.test_no_one_says_of_an_annotation_what_the_server_says
        test_bodies.test_no_one_raises_themselves_by_a_body""",
    "bodies and archives that swell, entities, nesting": """
        test_bodies.test_a_packed_body_is_not_unpacked
        test_parts.test_a_packed_form_is_not_unpacked
        test_parts.test_no_parts_break_a_form
        test_parts.test_no_kind_of_body_breaks_a_form
        test_bodies.test_what_nests_without_end_is_not_valid
        test_hostile_files.test_an_archive_that_swells_is_not_opened
        test_hostile_pages.test_entities_that_a_page_declares_are_never_expanded""",
    "characters and numbers that no column holds": """
        test_forms.test_no_value_of_a_field_breaks_a_form
        test_forms.test_no_value_of_a_parameter_breaks_a_page
        test_bodies.test_no_body_breaks_a_route""",
    "cells that run": "test_downloads.test_no_cell_runs_in_a_spreadsheet",
    "two requests in one": "test_on_the_wire.test_where_a_request_ends_is_never_in_doubt",
    "pages of a person kept by others": """
        test_headers.test_every_route_answers_with_the_policy_and_is_kept_by_nobody
        test_headers.test_a_token_gets_what_is_kept_by_nobody""",
}


def claims_of(module: str) -> set[str]:
    tree = ast.parse((HERE / f"{module}.py").read_text(encoding="utf-8"))
    return {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}


@pytest.mark.parametrize("hole", HOLES)
def test_every_hole_has_tests_that_are_there(hole: str) -> None:
    for named in HOLES[hole].split():
        module, _, name = named.partition(".")
        assert name in claims_of(module), named
