"""Which documents tell the same: found, proposed with the evidence, decided by a person."""
