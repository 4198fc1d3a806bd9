"""A local workspace that speaks Slack's HTTP: the demo, and the peer in the tests."""
