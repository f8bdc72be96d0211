"""Frames: what each kind of trigger makes of its surroundings."""
