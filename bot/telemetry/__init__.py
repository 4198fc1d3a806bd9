"""What can be seen of the running bot from outside: metrics, logs, traces, health."""
