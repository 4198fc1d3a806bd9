"""From a person's words to what was asked."""
