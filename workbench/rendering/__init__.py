"""Django's template tags and filters that every row of a list asks, doing what is always the same once."""
