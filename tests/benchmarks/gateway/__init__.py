"""How fast the mail gateway is on a real Postfix, beside Postfix alone: `python -m tests.benchmarks.gateway`."""
