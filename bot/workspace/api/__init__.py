"""Slack's Web API, as far as the app needs it."""
