"""What of a text finds its likes among many: runs of words, names and numbers, as hashes; pure."""
