"""Everything that is kept, as one file: taken, checked, brought back, and proven to come back."""
