"""Archives and packed files: what lies inside is read by whoever reads it outside."""
