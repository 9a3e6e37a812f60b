"""The description of the API (OpenAPI 3.1), written beside the views: a module a part of it."""
