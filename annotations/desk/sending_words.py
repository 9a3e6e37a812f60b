"""What the page says while files are sent, handed to its script in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _


def sending_words() -> dict[str, str]:
    """Keys as the script asks for them; counted phrases as `key_one` and `key_other`."""
    return {
        "chosen_one": _("{n} file chosen, {size}"),
        "chosen_other": _("{n} files chosen, {size}"),
        "sending": _("{sent} of {total} files sent"),
        "sent": _("All files are here. They are read now."),
        "offline": _("No connection. Sending goes on by itself when it is back."),
        "refused": _("The server does not take these files: {why}"),
        "signed_out": _("You are signed out. Sign in again in another tab, then send once more."),
        "state_waiting": _("waiting"),
        "state_sending": _("being sent"),
        "state_sent": _("sent"),
        "state_known": _("here already"),
        "more_one": _("and {n} more"),
        "more_other": _("and {n} more"),
        "broken_off": _(
            "{sent} of {total} files have arrived. Choose the same files again to send the rest."
        ),
    }
