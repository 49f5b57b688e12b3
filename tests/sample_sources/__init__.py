"""The sample records, written once: texts in modules by genre, bytes made by `craft`. People and companies are invented."""
