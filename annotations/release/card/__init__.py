"""What is written about a release for those who use it: a dataset card and a datasheet. Pure.

Both are made of the manifest and the codebook alone, in English, and are the same whoever asks.
"""
