"""The reader of chat exports, and what tells each of them; how they are read is imported when they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Folder, Item

_SNIFFED = 65_536  # bytes looked at: the first message of an export stands among them
_OPENS = re.compile(rb"[\xef\xbb\xbf\xff\xfe\0 \t\r\n]*[\[{]")
_TELEGRAM_CHAT = re.compile(r'"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|replies|verify_codes|private_group|private_supergroup|public_supergroup|private_channel|public_channel)"')
_TELEGRAM_ACCOUNT = re.compile(r'"(?:chats|left_chats)"\s*:\s*\{\s*(?:"about"\s*:|"list"\s*:\s*\[)|"about"\s*:\s*"[^"\\]*[Tt]elegram')
_SIGNS = {  # by format, patterns that are all found among the first characters of a file
    "mattermost": (re.compile(r'\A\{\s*"type"\s*:\s*"version"\s*[,}]'),),
    "discord": (re.compile(r'\A\{\s*"guild"\s*:\s*\{'), re.compile(r'"channel"\s*:\s*\{')),
    "slack": (re.compile(r'\A\[|\A\{\s*"(?:ok|messages)"'), re.compile(r'"ts"\s*:\s*"\d{9,11}\.\d{6}"'), re.compile(r'"type"\s*:\s*"message"')),
    "teams": (re.compile(r'"createdDateTime"\s*:'), re.compile(r'"messageType"\s*:'), re.compile(r'"body"\s*:')),
    "telegram": (re.compile(r"\A\{"), re.compile(f"{_TELEGRAM_CHAT.pattern}|{_TELEGRAM_ACCOUNT.pattern}"), re.compile(r'"messages"\s*:|"list"\s*:|"personal_information"\s*:')),
}
LISTS = ("channels.json", "groups.json", "mpims.json", "dms.json")
"""The lists of conversations in an export of Slack: public and private channels, talks of several and of two."""
PEOPLE = ("users.json", "org_users.json")
"""The lists of people there."""


class ExportReader:
    """Reads exports of Slack, Mattermost, Telegram, Discord and Teams: JSON that begins like one, and folders that are one."""

    name = "chat-export"
    suffixes: tuple[str, ...] = (".json", ".jsonl", ".ndjson")
    media_types: tuple[str, ...] = ("application/json", "application/jsonl", "application/x-ndjson", "application/x-jsonlines")
    streams = True  # bulk exports of Mattermost; what is one value is held in memory

    def claims(self, source: Source) -> bool:
        """By a look at the first bytes: other JSON is none. Not what the configuration maps."""
        if (source.suffix not in self.suffixes and source.media_type not in self.media_types) or not export_format(source.content):
            return False
        from commlint_chat.mapping import is_mapped

        return not is_mapped(source)

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """The groups and messages; behind them bad-lines.

        Raises RecordError: empty-record, undecodable, binary-content, damaged-file, no-messages.
        """
        match export_format(source.content):
            case "mattermost":
                from commlint_chat.mattermost import of_lines as read
            case "discord":
                from commlint_chat.discord import of_channel as read
            case "slack":
                from commlint_chat.slack import of_day as read
            case "teams":
                from commlint_chat.teams import of_messages as read
            case "telegram":
                from commlint_chat.telegram import of_result as read
            case _:
                from commlint_chat.exports import of_none as read
        return read(source, environment)

    def claims_folder(self, names: Collection[str]) -> bool:
        """Whether it is an export of Slack, or a data package of Discord or a channel of one."""
        return _is_slack(names) or _is_package(names)

    def read_folder(self, folder: Folder, environment: Environment) -> Iterable[Item]:
        """The groups and messages, and the other files in it. Raises RecordError: no-messages."""
        if _is_slack({name.partition("/")[0] for name in folder.names}):
            from commlint_chat.slack import of_folder as read
        else:
            from commlint_chat.discord import of_package as read
        return read(folder, environment)


def export_format(content: bytes) -> str:
    """What a file is by its beginning: mattermost, discord, slack, teams, telegram, or empty."""
    if _OPENS.match(content, 0, _SNIFFED) is None:
        return ""
    beginning = _beginning(content[:_SNIFFED])
    return next((name for name, signs in _SIGNS.items() if all(sign.search(beginning) for sign in signs)), "")


def _beginning(head: bytes) -> str:
    """The first characters; what is cut or no character does not matter to a look."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return head.decode("utf-16" if wide else "utf-8", "ignore").lstrip("\ufeff \t\r\n")


def _is_slack(names: Collection[str]) -> bool:
    return any(name in names for name in PEOPLE) and any(name in names for name in LISTS)


def _is_package(names: Collection[str]) -> bool:
    if not any(name in names for name in ("messages.json", "messages", "Messages")):
        return False
    lower = {name.lower() for name in names}
    return {"account", "messages", "servers"} <= lower or {"channel.json", "messages.json"} <= lower
