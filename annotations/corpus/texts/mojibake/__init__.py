"""UTF-8 that was read in another encoding and stored so. Pure."""
