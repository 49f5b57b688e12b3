"""Chats for commlint: logs as text and JSON Lines, one record a message."""
