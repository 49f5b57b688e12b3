"""Minutes, notices, forms and reports for commlint: Markdown and plain text, and what kind of document each is."""
