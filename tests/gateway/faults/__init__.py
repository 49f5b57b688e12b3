"""What can go wrong around the gateway, done to a real Postfix and counted: ``python -m tests.gateway.faults``."""
