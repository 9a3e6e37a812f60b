"""Text → sentences, each with its paragraph, language and zone. Pure."""
