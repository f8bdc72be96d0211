"""How each step thinks: pure functions without Beam."""
