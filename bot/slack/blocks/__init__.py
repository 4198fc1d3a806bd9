"""From a composition to a message: pure functions, checked against Slack's limits."""
