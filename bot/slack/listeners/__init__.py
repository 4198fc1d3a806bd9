"""Hears what Slack sends, one module for each kind, and hands it to the reception."""
