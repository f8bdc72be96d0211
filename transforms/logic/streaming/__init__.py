"""Streaming: which files have arrived, what time it is in them, what is too late, and when a file is done."""
