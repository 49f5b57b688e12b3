"""Mail for commlint: .eml files, and the one way from bytes to a record that the gateway shares (`message.parse`)."""
