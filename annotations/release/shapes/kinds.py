"""Which fields of the shapes are numbers or flags; every other one is text. Pure."""

NUMBERS = frozenset(
    {
        *("edition", "passage", "paragraph", "sentence", "start", "end", "coders", "judged_by"),
        *("marked_by", "submission", "certainty"),
    }
)
FLAGS = frozenset({"present", "after_discussion"})
NEVER_NULL = frozenset(
    {
        *("schema_version", "document", "edition", "passage", "paragraph", "sentence"),
        *("offset_unit", "start", "end", "text", "zone", "coders", "judged_by", "theme"),
        *("marked_by", "coder", "submission", "after_discussion", "id", "quote", "label"),
    }
)
