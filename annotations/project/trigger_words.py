"""What the triggers of the database say, for the catalogue: with `%(…)s` where they fill in."""

from __future__ import annotations

from annotations.text.phrases import wording

TEXT = (
    wording("start (%(start)s) must be at least 0 and less than end (%(end)s)."),
    wording("end (%(end)s) is past the end of the text, which has %(length)s code points."),
    wording(
        "The text at [%(start)s, %(end)s) is not the quote. "
        "Offsets are Unicode code points, half-open."
    ),
    wording("The quote is white space only."),
    wording("Rows of %(table)s are never changed or deleted."),
    wording(
        "The bytes of a source file are never changed; a takedown removes them and keeps the hash."
    ),
    wording(
        "Someone has been assigned to this text; a new cleaning is a new version of the document."
    ),
    wording("The blocks of document %(document)s are not its text in pieces of 4096 code points."),
    wording("Passages of document %(document)s overlap, are out of order, or leave the text."),
    wording(
        "Passages of document %(document)s overlap, are out of order, leave the text,"
        " or name another project."
    ),
    wording("Someone has been assigned to this text; its passages stay as they are."),
    wording(
        "Where a passage begins and ends is never changed, "
        "and none is deleted once someone has been assigned to the text."
    ),
    wording("The text of a document is kept as it is."),
    wording("Edition %(number)s is in use and frozen; draft the next edition instead."),
    wording("This codebook edition is in use and frozen; draft the next edition instead."),
)
WORK = (
    wording("A batch needs a frozen codebook edition of its own project."),
    wording("People code in this batch; its kind and codebook edition stay as they are."),
    wording("Batch and document belong to different projects."),
    wording("An assignment is given back or replaced, never deleted."),
    wording("The batch is not open, or batch, document and coder are not of one project."),
    wording("This document is coded by %(allowed)s; there is no slot %(slot)s."),
    wording("An assignment begins as claimed."),
    wording("Whose an assignment is, and of what, is never changed."),
    wording("An assignment that is %(before)s cannot become %(after)s."),
    wording("Adjudication of this document has started; the submission stands."),
    wording("Who takes part in which batch is never changed; they leave, and others join."),
    wording("Batch, coder and replacement are not of one project."),
    wording("A seat is freed once, and another one made; it is never changed or deleted."),
    wording("What was submitted stays with its author."),
    wording("They have left this batch."),
    wording("Someone works in this slot, or they work in another one."),
    wording("This slot is planned for someone else."),
    wording("This document was taken down."),
    wording("Text leaves by a takedown, and does not come back."),
    wording("This document is archived; put it back to have it coded."),
    wording("Someone has this document, or has submitted it; only what nobody codes is archived."),
)
CODING = (
    wording("This operation was carried out before."),
    wording("There is no such assignment of yours."),
    wording("There is no such annotation in this assignment."),
    wording("This document is submitted. Take the submission back to change it."),
    wording("The annotation is at revision %(revision)s by now."),
    wording("The codebook edition of this batch has no such theme."),
    wording("The codebook edition of this batch has no such stance."),
    wording("An annotation is written by its revisions only."),
    wording("There is no such comment to answer."),
    wording("There is no such comment of yours."),
    wording("The document has no passage %(index)s."),
    wording("start and end are both null, or a span inside the passage, [%(start)s, %(end)s)."),
    wording("A flag begins as waiting."),
    wording("A flag is withdrawn or settled once, and else stays as it was raised."),
)
GOLD = (
    wording("The document is not of this batch."),
    wording("What a release keeps belongs to one of its documents."),
    wording("This ruling was made before."),
    wording("Another ruling was made meanwhile; the document is at version %(version)s."),
    wording("Nobody adjudicates a document they coded, unless overridden with a reason."),
    wording("A release is complete when it is made; nothing is added later."),
    wording("There is no such rule for many disputes."),
    wording("Only what that rule decided is undone with it."),
    wording("A person has ruled on that dispute; a rule for many leaves it alone."),
)
TRIGGER_WORDS = (*TEXT, *WORK, *CODING, *GOLD)
