"""The quality gate: the coder scored on labelled texts, against floors that only rise."""
