"""One-off builders of lexicon tables. Their output is reviewed and committed; nothing runs them at run time."""
