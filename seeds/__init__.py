"""The data that ships with the package: the lexicon and the sample dump."""
