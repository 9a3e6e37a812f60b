"""Other tools themselves, each in an environment of its own: `make interop`, outside the suite."""
