"""The only room that knows Slack exists: hears questions there, and answers them."""
