"""What a project says of its documents beside the text: kinds, and values held against them."""
