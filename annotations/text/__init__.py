"""Code points, spans and the maps between text and bytes. Pure: no Django."""
