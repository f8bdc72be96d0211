"""What each command does; one module each, imported when the command runs."""
