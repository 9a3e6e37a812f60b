"""The words of the coding page, handed to its scripts in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _


def coding_strings() -> dict[str, str]:
    """Keys as the scripts ask for them; counted phrases as `key_one` and `key_other`.

    `{name}` in a phrase is filled in by the page.
    """
    return {
        **_text(),
        **_coding(),
        **_panels(),
        **_status(),
        **_trouble(),
        **_refusals(),
        **_work(),
        **_keys(),
        **_beside(),
    }


def _text() -> dict[str, str]:
    """What stands beside the text."""
    return {
        "paragraph_annotations": _("Annotations of paragraph {number}"),
        "zone_caption": _("Caption"),
        "zone_digest": _("Summary"),
        "zone_link": _("Link"),
        "zone_fragment": _("Fragment"),
        "zone_boilerplate": _("Boilerplate"),
        "fold_show_one": _("{n} passage of boilerplate folded"),
        "fold_show_other": _("{n} passages of boilerplate folded"),
        "fold_hide_one": _("{n} passage of boilerplate"),
        "fold_hide_other": _("{n} passages of boilerplate"),
        "folds_open": _("Boilerplate is open."),
        "folds_closed": _("Boilerplate is folded."),
        "folds_none": _("There is no boilerplate here."),
        "folds_between": _("Folded boilerplate lies between, and is left out."),
        "quoted": _("“{quote}”"),
        "read_count": _("{read} / {total} read"),
    }


def _coding() -> dict[str, str]:
    """What is said while one codes."""
    return {
        "tagged": _("{theme}. Now the stance."),
        "armed": _("{theme}: select the text it goes on."),
        "disarmed": _("No theme is waiting."),
        "nothing_to_repeat": _("No theme has been used yet."),
        "choose_annotation": _("Choose an annotation first."),
        "choose_theme": _("Choose a theme first."),
        "stance_set": _("{stance}: the author"),
        "stance_set_other": _("{stance}: another voice"),
        "stance_missing": _("stance missing"),
        "removed": _("Annotation removed. Undo brings it back."),
        "undo_done": _("Undone."),
        "undo_none": _("Nothing to undo."),
        "redo_done": _("Redone."),
        "redo_none": _("Nothing to redo."),
        "travelling": _("Going back to “{title}”…"),
        "undo_elsewhere": _("Back in “{title}”. Undone: {what}."),
        "redo_elsewhere": _("Back in “{title}”. Done again: {what}."),
        "step_create": _("an annotation"),
        "step_change": _("a change of an annotation"),
        "step_remove": _("the removal of an annotation"),
        "step_submit": _("the submission"),
        "step_skip": _("the skip"),
        "restored": _("The earlier version is back, as a new one."),
        "taken_back": _("Taken back. You can code again."),
        "start_moved": _("Starts elsewhere: {quote}"),
        "end_moved": _("Ends elsewhere: {quote}"),
        "selection_label": _("Selecting takes"),
        "selection_exact": _("Exactly"),
        "selection_word": _("Words"),
        "selection_sentence": _("Sentences"),
        "selection_exact_said": _("A selection is taken exactly."),
        "selection_word_said": _("A selection takes whole words."),
        "selection_sentence_said": _("A selection takes whole sentences."),
        "find_title": _("Find in this article"),
        "find_previous": _("Previous place"),
        "find_next": _("Next place"),
        "find_count": _("{at} of {total}"),
        "find_none": _("Not found"),
        "ask_offline": _("The server cannot be reached. Try again in a moment."),
        "read_only": _("This article is closed for coding. Take it back to change it."),
    }


def _panels() -> dict[str, str]:
    """The codebook, the annotation and the list."""
    return {
        "tip_start": _(
            "Move to a sentence with the arrow keys or select text, then press a theme’s key."
        ),
        "definition_more": _("Definition, rules, examples"),
        "definition": _("Definition"),
        "include": _("Include"),
        "exclude": _("Exclude"),
        "examples": _("Examples"),
        "counter_examples": _("Not this"),
        "proposition": _("The stance is about"),
        "codebook": _("Codebook"),
        "themes": _("Themes"),
        "theme": _("Theme"),
        "stance": _("Stance"),
        "voice": _("Voice"),
        "certainty": _("Certainty"),
        "memo": _("Memo"),
        "count_prefix": _("Used: "),
        "remove_theme": _("Remove {theme}"),
        "whereabouts": _("§ {paragraph}, sentence {sentence}"),
        "sentences_one": _("{n} sentence"),
        "sentences_other": _("{n} sentences"),
        "part_of_sentence": _("part of a sentence"),
        "characters_one": _("{n} character"),
        "characters_other": _("{n} characters"),
        "subtheme_pick_one": _("{n} sub-theme"),
        "subtheme_pick_other": _("{n} sub-themes"),
        "subtheme_change": _("Change the sub-theme"),
        "certainty_1": _("Unsure"),
        "certainty_2": _("Fairly sure"),
        "certainty_3": _("Sure"),
        "holder_author": _("Author"),
        "holder_person": _("Person"),
        "holder_organisation": _("Organisation"),
        "holder_group": _("Group"),
        "holder_unnamed": _("Unnamed"),
        "annotations_one": _("{n} annotation"),
        "annotations_other": _("{n} annotations"),
        "revisions": _("Earlier versions"),
        "revisions_title": _("Versions of this annotation"),
        "revisions_text": _(
            "Every version is kept. Restoring one makes a new version and removes nothing."
        ),
        "revisions_wait": _("Fetching the versions…"),
        "revisions_none": _("The server has no version yet."),
        "revisions_failed": _("The versions could not be fetched. Try again in a moment."),
        "revision_n": _("Version {number}"),
        "revision_newest": _("newest"),
        "revision_late": _("late"),
        "restore": _("Restore"),
        "restore_n": _("Restore version {number}"),
        "list_empty": _("Nothing tagged yet."),
    }


def _status() -> dict[str, str]:
    """Whether the work is safe."""
    return {
        "status_saved": _("Saved"),
        "status_at": _("at {time}"),
        "status_saving_one": _("Saving"),
        "status_saving_other": _("Saving {n}"),
        "status_offline_one": _("Offline, {n} unsent"),
        "status_offline_other": _("Offline, {n} unsent"),
        "status_signed_out": _("Signed out"),
        "status_signed_out_one": _("Signed out, {n} unsent"),
        "status_signed_out_other": _("Signed out, {n} unsent"),
        "status_unsent_one": _("{n} unsent"),
        "status_unsent_other": _("{n} unsent"),
        "status_not_kept_short": _("Not kept"),
        "status_conflict_one": _("{n} conflict"),
        "status_conflict_other": _("{n} conflicts"),
        "status_refused_one": _("{n} refused"),
        "status_refused_other": _("{n} refused"),
    }


def _trouble() -> dict[str, str]:
    """What went wrong, and the ways out."""
    return {
        "conflict_title": _("Changed in two places"),
        "conflict_text": _(
            "This annotation was changed elsewhere since you saw it. Both versions are "
            "kept until you choose."
        ),
        "conflict_elsewhere": _("Changed in two places, in another article"),
        "mine": _("Mine"),
        "theirs": _("The other"),
        "keep_mine": _("Keep mine"),
        "take_theirs": _("Take the other"),
        "keep_both": _("Keep both"),
        "version_removed": _("Removed"),
        "refused_title": _("The server refused a change"),
        "refused_put": _("Annotation"),
        "refused_delete": _("Removing the annotation"),
        "refused_submit": _("Submitting the article"),
        "refused_skip": _("Skipping the article"),
        "refused_reopen": _("Taking the article back"),
        "refused_status": _("Answer {status}"),
        "try_again": _("Try again"),
        "discard": _("Discard my change"),
        "show": _("Show"),
        "signed_out_title": _("You are signed out."),
        "signed_out_text": _(
            "Your work is safe on this device and goes on its way once you sign in again."
        ),
        "sign_in": _("Sign in"),
        "other_user_title": _("Someone else is signed in."),
        "other_user_text": _(
            "Nothing is sent until {name} signs in again. The work is safe on this device."
        ),
        "broken_title": _("This device cannot keep your work."),
        "broken_text": _(
            "Its storage is full or closed. Your last change may not be saved: free "
            "some space, then reload the page."
        ),
        "reload": _("Reload"),
        "no_highlights_title": _("This browser cannot draw highlights."),
        "no_highlights_text": _(
            "Paragraphs with annotations are marked in the margin instead. Everything else works."
        ),
        "not_found_title": _("This article is not yours to code."),
        "not_found_text": _("It may have been released or given to someone else."),
        "load_failed_title": _("The article could not be loaded."),
        "load_failed_text": _(
            "The server did not answer as expected. What you have coded is safe."
        ),
        "load_offline_title": _("You are offline."),
        "load_offline_text": _(
            "The article can be opened once the connection is back. What you have coded is safe."
        ),
    }


def _refusals() -> dict[str, str]:
    """What the server refused for good, and what this device cannot keep."""
    return {
        "attention_title": _("To attend to"),
        "refused_comment": _("Writing a comment"),
        "refused_comment-resolve": _("Settling a comment"),
        "refused_comment-withdraw": _("Withdrawing a comment"),
        "refused_flag": _("Raising a flag"),
        "refused_flag-withdraw": _("Withdrawing a flag"),
        "refused_preferences": _("Keys and settings"),
        "on_server": _("On the server"),
        "server_nothing": _("Nothing of it"),
        "your_text": _("Your text, to copy"),
        "copy_text": _("Copy"),
        "copied": _("Copied."),
        "copy_by_hand": _("It is selected: copy it with the keyboard."),
        "discarded": _("Discarded here. Undo brings it back."),
        "take_back_send": _("Take back and send"),
        "keys_show": _("Show the keys"),
        "open_article": _("Open its article"),
        "advice_closed": _(
            "The article was submitted elsewhere. Take it back, and the change goes on its way."
        ),
        "advice_stances": _("Give these annotations a stance, then try again."),
        "advice_keys": _("The keys from before are in force. Choose others."),
        "advice_gone": _(
            "The server knows nothing of it any more, or it is not yours now. Your text stays here."
        ),
        "advice_long": _("Keep your text, make it shorter, and send it again."),
        "advice_change": _("Change the annotation, and the change takes the place of this one."),
        "remark_unsent": _("not sent yet"),
        "remark_refused": _("refused"),
        "comments_known": _("What this device knows is shown."),
        "comments_here_one": _("{n} comment"),
        "comments_here_other": _("{n} comments"),
        "flagged_here": _("Flagged"),
        "comment_begun": _("Begun, not sent: on {quote}"),
        "comment_written": _("Comment written."),
        "comment_taken_back": _("Comment withdrawn. Undo brings it back."),
        "flag_taken_back": _("Flag withdrawn. Undo brings it back."),
        "step_comment": _("a comment"),
        "step_comment-resolve": _("the settling of a comment"),
        "step_comment-withdraw": _("the withdrawal of a comment"),
        "step_flag": _("a flag"),
        "step_flag-withdraw": _("the withdrawal of a flag"),
        "step_discard": _("the discarding of a change"),
        "preferences_waiting": _(
            "It holds on this device, and goes to your account when the server can be reached."
        ),
        "status_not_kept": _("Not kept on this device"),
        "trouble_full_title": _("The storage of this browser is full."),
        "trouble_closed_title": _("This browser keeps nothing for this page."),
        "trouble_outdated_title": _("This page is out of date."),
        "trouble_outdated_text": _(
            "A newer one is open in another tab. What you do here goes straight to the server; "
            "reload the page once it says “Saved”."
        ),
        "trouble_text": _(
            "Every change goes straight to the server. Wait for “Saved” before you close the page; "
            "what is unsent then is lost."
        ),
    }


def _work() -> dict[str, str]:
    """Handing in, skipping, going on."""
    return {
        "submit": _("Submit"),
        "submit_title": _("Submit this article?"),
        "submit_summary": _("{annotations}, {judged} of {total} passages read."),
        "passages_judged": _("Passages read"),
        "submit_attention": _(
            "First settle what the server refused, or what was changed in two places."
        ),
        "submit_stances_one": _("{n} annotation has no stance"),
        "submit_stances_other": _("{n} annotations have no stance"),
        "submit_memos_one": _("{n} annotation needs a memo"),
        "submit_memos_other": _("{n} annotations need a memo"),
        "submit_unread_one": _("{n} passage was not read"),
        "submit_unread_other": _("{n} passages were not read"),
        "submit_unread_text": _("Passages that were not read count as missing, not as untagged."),
        "and_more_one": _("and {n} more"),
        "and_more_other": _("and {n} more"),
        "partial_up_to": _("Only up to here: {quote}"),
        "partial_reason": _("Why not the whole article"),
        "go_on_coding": _("Go on coding"),
        "close": _("Close"),
        "skip_title": _("This article cannot be coded"),
        "skip_reason": _("Reason"),
        "skip": _("Skip the article"),
        "take_back": _("Take back"),
        "next_article": _("Next article"),
        "to_home": _("To my projects"),
        "no_text_title": _("There is no text here."),
        "no_text_text": _("Skip the article and say so as the reason."),
        "work_pending": _("Kept on this device; it leaves as soon as the server can be reached."),
        "work_submitted": _("Submitted."),
        "work_submitted_text": _("You can take it back until adjudication starts."),
        "work_skipped": _("Skipped."),
        "work_skipped_text": _("Your annotations are kept, outside of the results."),
        "work_expired": _("The time for this article has run out."),
        "work_expired_text": _(
            "Your annotations are kept. Take it back if its place is still free."
        ),
        "work_released": _("Given back."),
        "work_released_text": _(
            "Your annotations are kept. Take it back if its place is still free."
        ),
        "all_done": _("All done"),
        "all_done_text": _("There is nothing more to code for you at the moment."),
        "next_failed": _("The next article could not be fetched."),
        "next_failed_text": _("Try again in a moment."),
    }


def _beside() -> dict[str, str]:
    """What goes with coding: the queue, comments, flags, the file as it came, reading aloud."""
    return {
        "tools": _("Tools"),
        "queue_title": _("My articles"),
        "queue_wait": _("Fetching the list…"),
        "queue_no_next": _("This is the last of your articles. Submit it to get another."),
        "queue_no_previous": _("This is the first of your articles."),
        "state_claimed": _("new"),
        "state_in_progress": _("in progress"),
        "state_submitted": _("submitted"),
        "state_skipped": _("skipped"),
        "state_expired": _("expired"),
        "state_released": _("given back"),
        "original_title": _("The file as it came"),
        "original_wait": _("Fetching the file…"),
        "original_name": _("File"),
        "original_encoding": _("Encoding"),
        "original_size": _("Size"),
        "original_repairs": _("What was repaired"),
        "original_no_repairs": _("Nothing was repaired."),
        "original_warnings": _("What looked odd"),
        "original_truncated": _("Only the beginning is shown."),
        "comments_title": _("Comments"),
        "comments_wait": _("Fetching the comments…"),
        "comments_none": _("No comments yet."),
        "comments_hidden": _(
            "Only you see your comments here until everyone has submitted this article; "
            "then you see theirs too."
        ),
        "comment_on": _("Comment on {quote}"),
        "comment_choose": _("Choose a sentence to comment on it."),
        "comment_send": _("Comment"),
        "comment_reply": _("Reply"),
        "comment_own": _("You"),
        "comment_withdrawn": _("Withdrawn"),
        "comment_withdraw": _("Withdraw"),
        "comment_resolve": _("Settle"),
        "comment_reopen": _("Open again"),
        "comment_resolved": _("settled"),
        "flag_title": _("Flag this passage"),
        "flag_text": _("The manager sees it and decides. Meanwhile you can go on coding."),
        "flag_choose": _("Choose a passage to flag it."),
        "flag_kind": _("What about it"),
        "flag_discuss": _("To discuss"),
        "flag_zone": _("It is another kind of text"),
        "flag_split": _("The sentence is cut in the wrong place"),
        "flag_proposed": _("Better"),
        "flag_note": _("Note"),
        "flag_send": _("Flag"),
        "flag_done": _("Flagged. The manager will see it."),
        "flags_own": _("Your flags in this article"),
        "flag_withdraw": _("Withdraw"),
        "flag_accepted": _("accepted"),
        "flag_dismissed": _("dismissed"),
        "proposed_title": _("Title"),
        "proposed_body": _("Body"),
        "proposed_caption": _("Caption"),
        "proposed_digest": _("Summary"),
        "proposed_link": _("Link"),
        "proposed_fragment": _("Fragment"),
        "proposed_boilerplate": _("Boilerplate"),
        "proposed_join": _("Join with the next one"),
        "proposed_divide": _("Divide in two"),
        "reading_on": _("Reading view: annotations stand in the text in words."),
        "reading_off": _("Back to the coding view."),
        "reading_end": _("end of {theme}"),
        "keys_change": _("Change"),
        "keys_change_of": _("Change the key: {words}"),
        "keys_press": _("Press the new key for “{words}”. Esc keeps the old one."),
        "keys_kept": _("“{words}” keeps its key."),
        "keys_conflict": _("That key is taken: {other}. Press another one."),
        "keys_impossible": _("That key cannot be used. Press another one."),
        "keys_done": _("Kept: {words}."),
        "keys_reset": _("All keys as they were"),
        "keys_reset_done": _("All keys are as they were."),
        "voice_other": _("{stance}, another voice"),
        "voice_again": _("Again: {name}"),
        "voice_kept": _("The name stays: {name}"),
        "voice_none": _("No name was found near the passage."),
        "voice_unnamed": _("Without a name"),
        "annotation_no_more": _("There is no further annotation."),
        "cycle_none": _("There is no annotation here."),
        "conflicts_none": _("Nothing waits for a decision."),
        "preferences_title": _("Preferences"),
        "preferences_kept": _("Kept."),
        "preferences_here": _("It holds here, but could not be kept."),
        "preference_fold_boilerplate": _("Fold boilerplate away"),
        "preference_reading_view": _("Reading view, for listening"),
    }


def _keys() -> dict[str, str]:
    """All keys."""
    return {
        "search_title": _("Find a theme"),
        "search_hint": _("Name or code"),
        "search_results": _("Themes found"),
        "search_none": _("No theme of that name."),
        "help_title": _("All keys"),
        "or": _("or"),
        "help_note": _("Single keys rest while you type in a field."),
        "help_more": _("Coding, in the documentation"),
        "group_move": _("Move"),
        "group_select": _("Select"),
        "group_code": _("Code"),
        "group_look": _("Find and look"),
        "group_work": _("Work"),
        "group_codebook": _("Codebook"),
        "key_Enter": _("Enter"),
        "key_Escape": _("Esc"),
        "key_Delete": _("Del"),
        "key_Backspace": _("Backspace"),
        "key_Shift": _("Shift"),
        "key_Mod": _("Ctrl"),
        "key_Alt": _("Alt"),
        "key_PageUp": _("Page ↑"),
        "key_PageDown": _("Page ↓"),
        "key_Home": _("Home"),
        "key_End": _("End"),
        "key_Insert": _("Ins"),
        "do_sentence-next": _("Next sentence"),
        "do_sentence-previous": _("Previous sentence"),
        "do_word-right": _("Word to the right"),
        "do_word-left": _("Word to the left"),
        "do_paragraph-next": _("Next paragraph"),
        "do_paragraph-previous": _("Previous paragraph"),
        "do_page-next": _("A screen down"),
        "do_page-previous": _("A screen up"),
        "do_text-start": _("First sentence"),
        "do_text-end": _("Last sentence"),
        "do_annotation-next": _("Next annotation"),
        "do_annotation-previous": _("Previous annotation"),
        "do_cycle": _("Another one of those that lie on one another"),
        "do_extend-next": _("Extend, or move the end, by a sentence"),
        "do_extend-previous": _("The same, backwards"),
        "do_extend-right": _("Extend, or move the end, to the right by a word"),
        "do_extend-left": _("The same, to the left"),
        "do_start-moves": _("Move the start of the chosen annotation"),
        "do_end-character": _("Move the end, the start, by one character"),
        "do_find": _("Find in this article"),
        "do_find-next": _("Next place found"),
        "do_find-previous": _("Previous place found"),
        "do_search-all": _("Search in all my articles"),
        "do_retrieve": _("All passages of this theme and stance"),
        "do_fold": _("Open or fold the boilerplate"),
        "do_list": _("To the list of annotations"),
        "do_conflicts": _("To what waits for a decision"),
        "do_preferences": _("Preferences"),
        "do_selection": _("What a selection takes: exactly, words, sentences"),
        "do_confirm": _("Confirm and go on; choose what is under the cursor"),
        "do_deselect": _("Deselect"),
        "do_search": _("Find a theme by name"),
        "do_repeat": _("Repeat the last theme"),
        "do_holder": _("Whose voice it is"),
        "do_certainty": _("How sure you are"),
        "do_memo": _("Memo"),
        "do_definition": _("Definition, rules, examples"),
        "do_other_voice": _("with a stance: another voice; once more: its name"),
        "do_subtheme": _("a theme’s key again, then a letter: sub-theme"),
        "do_retag": _("change the theme of the chosen annotation"),
        "do_history": _("Earlier versions of the chosen annotation"),
        "do_submit-part": _("Submit up to here"),
        "do_skip": _("Skip the article, with a reason"),
        "do_comment": _("Comment on the passage"),
        "do_comments": _("All comments"),
        "do_flag": _("Flag the passage"),
        "do_flag-zone": _("Flag: another kind of text"),
        "do_flag-split": _("Flag: a sentence cut wrongly"),
        "do_document-previous": _("The one before among my articles"),
        "do_document-next": _("The one after among my articles"),
        "do_queue": _("My articles"),
        "do_original": _("The file as it came"),
        "do_reading-view": _("Reading view, for listening"),
        "do_remove": _("Remove the chosen annotation"),
        "do_undo": _("Undo"),
        "do_redo": _("Redo"),
        "do_submit": _("Submit"),
        "do_help": _("This list"),
    }
