"""Builders of lexicon tables: run by hand, their output reviewed and committed."""
