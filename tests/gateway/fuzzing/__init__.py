"""Milter sessions of every kind, good and broken, held with a gateway that runs: it stays alive, answers rightly, and keeps nothing."""
