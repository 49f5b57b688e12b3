"""Names of persons and departments in Latin script: the author's capitals, known names, and what stands beside them tell them from other words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from attrs import frozen

from commlint.entities.wordlists import sections, tables
from commlint.model.span import Span

_WORD = r"(?:(?!(?:Mr|Mrs|Ms|Miss|Mdm|Dr|Prof)\b)[A-Z][a-z\u00df-\u017f'\u2019-]{1,20}[A-Z]?[a-z]{0,12}|[A-Z]\.)"
_MORE = r"(?:(?!(?:Mr|Mrs|Ms|Miss|Mdm|Dr|Prof)\b)[A-Z][a-z\u00df-\u017f'\u2019-]{1,20}[A-Z]?[a-z]{0,12}|[A-Z]\.|[A-Z]{2,12}(?![\w.])|(?:van|von|de|der|den|del|da|bin|binti|al|la|di)(?= [A-Za-z]))"
_RUN = re.compile(
    rf"(?<![A-Za-z0-9_@.&/-])(?:(?P<honorific>(?:Mr|Mrs|Ms|Miss|Mdm|Dr|Prof|Sir|Madam|Madame|Capt|Captain|Uncle|Auntie|Aunty|Sister|Brother)\b\.?)[ ]{{1,2}})?"
    rf"(?P<name>(?:{_WORD}|[A-Z]{{2,12}}(?= [A-Z][a-z]))(?:[ ]{_MORE}){{0,4}})(?![A-Za-z0-9_@-])"
)
_CAPITAL = re.compile("[A-Z][a-z.]")
_BEFORE = re.compile(
    r"(?P<close>(?:regards|sincerely|cheers|yours|thanks|thank you|thx|best|wishes|rgds|br)\s{0,3}[,.!]?\s{1,4}$)"
    r"|(?P<strong>(?:(?<![a-z])(?:by|hi|hello|dear|hey|contact|cc|bcc|attn|ask|tell|ping|call|email|inform|notify|meet|remind|welcome|congrats|congratulations|birthday|introduce|replace|replaces|replacing|mr|ms|thanks to|copy|copied|copying|assigned to|reports to|report to|speak to|spoke to|talk to|talked to|spoke with|check with|per|colleague|manager|director|engineer|i'm|i am|this is|name is|named|chaired by|led by|owned by|loop in|looping in|consult|thank|beat|chase|nudge|reach out to|instead of|takes over from|over from|escalate to|forwarded to)|@)[ :,]{1,2}$)"
    r"|(?P<label>(?:[a-z][a-z /]{1,20}|[^\x00-\xff]{1,8})\s?[:\uff1a]\s{0,2}$)"
    r"|(?P<plain>(?<![a-z])(?:with|from|to|for|and|or|is|be|via|says|said|that|but|if|when|so|while|let|have|get|see|met|told|asked|then|also|as|both)[ ]$)"
    r"|(?P<article>(?<![a-z])(?:the|a|an|our|your|their|this|that|in|at|of|on|into|near|its|my|his|her|new|each|every|no)[ ]$)"
    r"|(?P<mark>(?:^|[,;.!?(|/\u3001\u3002\uff0c\uff1b\uff08\u2022\n-]|[^\x00-\xff])\s{0,3}$)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?P<strong> (?:will|to (?!the\b|be\b|a\b|our\b)[a-z]+|has |owns|leads|shall|must|should|said|says|confirmed|agreed|asked|reported|noted|suggested|explained|approved|reviewed|replied|wrote|joined|left|thinks|proposed|raised|offered|promised|volunteered|presented|chaired|called|mentioned|is (?:on leave|away|out|off|back|our|your|the|in charge|responsible|taking|joining|leaving|now)|to follow|pls|please|can you|could you|would|can|could|did|does|wants|needs to|takes over|took over|lands|arrives|and I\b|tomorrow|lah)\b)"
    r"|(?P<address>\s{0,2}[<(\uff08]\s?[\w.+-]{1,40}@)"
    r"|(?P<bracket>\s?[(\uff08](?:[^\x00-\xff]{2,6}[)\uff09]|[A-Z][A-Za-z&, -]{1,40}\)))"
    r"|(?P<own>['\u2019]s\b)"
    r"|(?P<dash>\s?[:\uff1a](?!\d)|,? (?:sales|project|product|account|general|finance|hr|marketing|senior|chief|head of)\b)"
    r"|(?P<plain> (?:is|was|and|has|from|at|on|or|for|with)\b|\s?[,;/|)\u3001\uff0c\u3002\uff1b\uff09]|[.!?](?:\s|$)|\s{0,3}(?:\n|$)|\s?[^\x00-\xff])",
)
_SEGMENT = re.compile(r"[^|/\u2013\u2014\uff0d\uff5c_\u3010\u3011\[\]()]+?(?=\s+-+\s|\s*[|/\u2013\u2014\uff0d\uff5c_\u3010\u3011\[\]()]|$)")
_PERSON = re.compile(r"(?:[A-Z][a-z'\u2019-]{1,20}|[A-Z]\.)(?: (?:[A-Z][a-z'\u2019-]{1,20}|[A-Z]\.)){1,2}")
_NO_NAME = frozenset((
    "team", "all", "the", "friday", "monday", "tuesday", "wednesday", "thursday", "saturday", "sunday", "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december", "end", "close", "next", "best", "kind", "everyone", "sir", "madam", "colleagues",
))
# Words of titles and matters, which a subject or heading may capitalise as well.
_MATTER = frozenset((
    "account", "agenda", "agreement", "analysis", "annual", "application", "approval", "budget", "business", "campaign", "case", "change", "channel", "client",
    "complaint", "conference", "confirmation", "contract", "customer", "daily", "data", "delay", "delivery", "demo", "department", "design", "development", "draft",
    "dept", "document", "event", "expense", "feedback", "final", "follow", "form", "general", "hotel", "important", "info", "inquiry", "internal", "invitation", "invoice",
    "issue", "kick", "kickoff", "launch", "leave", "list", "maintenance", "market", "material", "meeting", "memo", "migration", "minutes", "monthly", "new",
    "notice", "notification", "office", "order", "payment", "phase", "plan", "planning", "policy", "price", "pricing", "process", "product", "progress",
    "project", "proposal", "purchase", "quarterly", "question", "quotation", "reminder", "release", "report", "request", "requirement", "review", "risk", "room",
    "sales", "sample", "samples", "schedule", "server", "service", "shipment", "slides", "status", "summary", "supplier", "support", "survey", "system", "task",
    "test", "training", "travel", "trip", "update", "upgrade", "urgent", "version", "visit", "weekly", "workshop", "work",
))
# Words that begin a sentence or a line with a capital, places, firms, and other proper names of offices.
_OTHER = frozenset(
    ["please", "kindly", "thanks", "thank", "hi", "hello", "dear", "hey", "regards", "sincerely", "cheers", "yours", "attn", "attention", "fyi", "re", "fw", "fwd", "note", "notes", "action", "actions", "owner", "contact", "subject", "date", "to", "cc", "bcc", "from", "pic", "via", "per", "and", "or", "but", "if", "when", "while", "after", "before", "since", "because", "as", "at", "in", "on", "by", "for", "with", "of", "our", "your", "their", "his", "her", "its", "this", "that", "these", "those", "there", "here", "we", "you", "they", "he", "she", "it", "i", "is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "can", "could", "should", "shall", "must", "may", "might", "do", "does", "did", "not", "no", "yes", "ok", "okay", "also", "both", "either", "each", "every", "some", "any", "many", "most", "more", "less", "much", "few", "once", "then", "so", "such", "see", "let", "lets", "let's", "get", "got", "go", "going", "come", "send", "sent", "find", "found", "attached", "enclosed", "following", "below", "above", "last", "first", "second", "third", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "today", "tomorrow", "yesterday", "morning", "afternoon", "evening", "noon", "night", "week", "month", "year", "day", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "early", "late", "happy", "birthday", "congratulations", "congrats", "good", "great", "well", "sorry", "apologies", "welcome", "unfortunately", "however", "therefore", "moreover", "further", "furthermore", "additionally", "finally", "lastly", "regarding", "concerning", "according", "due", "total", "amount", "item", "items", "qty", "quantity", "unit", "date", "time", "location", "venue", "place", "address", "phone", "tel", "mobile", "email", "fax", "website", "name", "title", "company", "remarks", "remark", "comment", "comments", "description", "status", "priority", "deadline", "responsible", "assignee", "attendees", "present", "absent", "host", "chair", "recorder", "minutes", "topic", "topics", "decision", "decisions", "next", "step", "steps", "background", "summary", "conclusion", "result", "results", "harbour", "harbor", "street", "road", "avenue", "lane", "park", "tower", "plaza", "building", "centre", "center", "hotel", "airport", "station", "port", "bank", "ltd", "limited", "inc", "corp", "corporation", "group", "holdings", "university", "college", "school", "hospital", "city", "county", "province", "river", "lake", "mountain", "island", "bay", "bridge", "square", "mall", "garden", "gardens", "court", "house", "terminal", "gate", "warehouse", "factory", "plant", "shop", "store", "restaurant", "cafe", "bar", "china", "beijing", "shanghai", "shenzhen", "guangzhou", "hong", "kong", "taiwan", "taipei", "macau", "singapore", "tokyo", "osaka", "seoul", "london", "paris", "berlin", "munich", "hamburg", "frankfurt", "new", "york", "boston", "chicago", "houston", "seattle", "dubai", "mumbai", "delhi", "bangkok", "hanoi", "jakarta", "manila", "sydney", "melbourne", "toronto", "vancouver", "ningbo", "suzhou", "hangzhou", "nanjing", "tianjin", "qingdao", "dalian", "xiamen", "fuzhou", "dongguan", "foshan", "zhuhai", "wuhan", "chengdu", "chongqing", "xi'an", "europe", "asia", "africa", "america", "usa", "uk", "germany", "france", "japan", "korea", "india", "vietnam", "thailand", "malaysia", "indonesia", "australia", "canada", "mexico", "brazil", "rotterdam", "antwerp", "felixstowe", "english", "chinese", "japanese", "german", "french", "spanish", "american", "british", "asian", "european", "christmas", "easter", "spring", "autumn", "summer", "winter", "festival", "national", "international", "global", "local", "regional", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "excel", "word", "powerpoint", "outlook", "teams", "zoom", "slack", "jira", "confluence", "github", "gitlab", "jenkins", "docker", "kubernetes", "linux", "windows", "android", "google", "microsoft", "apple", "amazon", "oracle", "sap", "salesforce", "python", "java", "wechat", "dingtalk", "feishu", "lark", "alipay", "victoria", "marriott", "hilton", "sheraton", "hyatt", "maersk", "siemens", "bosch", "toyota", "honda", "boeing", "airbus", "intel", "nvidia", "android", "chrome", "safari", "adobe", "figma", "tableau", "vendor", "supplier", "client", "landlord", "tenant", "buyer", "seller", "example", "sample", "consignee", "shipper", "carrier", "forwarder", "insured", "insurer", "patient", "doctor", "nurse", "teacher", "student", "director", "manager", "engineer", "box", "part", "section", "chapter", "appendix", "annex", "table", "figure", "page", "line", "row", "column", "version", "model", "series", "type", "class", "grade", "level", "floor", "room", "gate", "door", "bay", "lot", "batch", "block", "zone", "area", "site", "field", "phase", "stage", "sprint", "milestone", "quarter", "kpi", "okr", "po", "pi", "rfq", "sku", "eta", "etd", "fob", "cif", "exw", "asap", "eod", "cob", "tbd", "tbc", "n/a", "approved", "rejected", "pending", "open", "closed", "done", "draft", "final", "confirmed", "cancelled", "completed", "ongoing", "overall", "net", "gross", "vat", "tax", "bill", "credit", "debit", "letter", "certificate", "packing", "bill-of-lading", "incoterms", "safety", "security", "quality", "finance", "legal", "marketing", "sales", "operations", "engineering", "production", "logistics", "purchasing", "procurement", "administration", "human", "resources", "customer", "service", "export", "import", "overseas", "both", "all", "everyone", "everybody", "anyone", "someone", "nobody", "guys", "folks", "sir", "madam", "ladies", "gentlemen", "team", "colleagues", "friends", "whom"]
)


@frozen
class Name:
    """A name in a text, in lower case, with the title before it."""

    span: Span
    text: str
    title: str = ""


def no_name(folded: str) -> bool:
    """Whether a word of a folded stretch is never part of a name."""
    return not _NO_NAME.isdisjoint(folded.split())


def is_name(folded: str) -> bool:
    """Whether none of the words, which are shaped like a name, is one of titles and matters."""
    return _MATTER.isdisjoint(folded.split())


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    lists = tables("latin")
    return lists["first"], lists["romanised"]


def spoken(written: str) -> Iterable[Name]:
    """Names in running text: behind a title; known names, and runs of capitals beside words that persons stand with."""
    if not _CAPITAL.search(written):
        return
    before: Name | None = None
    for match in _RUN.finditer(written):
        found = _judged(written, match, before)
        if found is not None:
            before = found
            yield found


def _judged(written: str, match: re.Match[str], last: Name | None) -> Name | None:
    words, start = _trimmed(match)
    if match["honorific"]:
        words, start = match["name"].split(" ")[:3], match.start("name")
    if not words:
        return None
    name = " ".join(words)
    end = start + len(name)
    honorific = match["honorific"] if start == match.start("name") else None
    if honorific:
        return Name(Span(match.start("honorific"), end), name.lower(), honorific.strip(".").lower())
    if words[-1].islower() or (any(word.isupper() and len(word) > 2 for word in words) and not any(word.isupper() and word.lower() in _known()[1] for word in words)):
        return None
    if written.startswith(" & ", end) or (written.endswith(" & ", 0, start) and len(words) == 1 and words[0].lower() in _known()[1]):
        return None  # Johnson & Johnson
    score = _shaped([word.lower() for word in words]) + _ahead(written, start, last) + _following(written, end)
    return Name(Span(start, end), name.lower()) if score >= 3 else None


def _trimmed(match: re.Match[str]) -> tuple[list[str], int]:
    """The words of a run that can be a name, without those that only begin the sentence; none where another kind of word is among them."""
    words, start = match["name"].split(" "), match.start("name")
    while words and _stop(words[0]) and not (len(words) > 1 and words[0].lower() in ("april", "may", "june", "august", "summer", "dean", "will", "mark", "grace", "joy", "hope") and not _stop(words[1])):
        start += len(words[0]) + 1
        words = words[1:]
    if any(_stop(word) for word in words[1:]):
        return [], start
    if len(words) > 3 and not any(word.endswith(".") for word in words):
        return [], start
    return words, start


def _stop(word: str) -> bool:
    lower = re.sub("['\u2019]s?$", "", word.lower())
    return lower in _OTHER or lower in _MATTER or (lower in _NO_NAME)


def _shaped(words: Sequence[str]) -> float:
    first, romanised = _known()
    if words[0] in first:
        return 2.0 if len(words) < 3 else 2.5
    if len(words) > 1 and (words[0] in romanised or words[-1] in romanised):
        return 2.0
    if len(words) > 1 and any(word.endswith(".") for word in words):
        return 1.5
    return 1.5 if len(words) == 2 else 0.5 if len(words) == 3 else 0.0


def _ahead(written: str, start: int, last: Name | None) -> float:
    if last is not None and re.fullmatch(r"\s?(?:,|/|&|and|\u3001|\uff0c|, and)\s?", written[last.span.end : start]):
        return 2.0
    found = _BEFORE.search(written[max(0, start - 40) : start])
    if found is None:
        return 1.0 if not start else 0.0
    if found["label"] and not re.search(r"(?i)(?:owner|contact|pic|attn|cc|bcc|to|from|by|host|chair|present|absent|attendees|assignee|reviewer|author|action|lead|name|manager|recipient|sender|buyer|agent|driver|guest|speaker|dri|minutes|recorder)\s?[:\uff1a]|[人员者][:\uff1a]", found[0]):
        return 0.5
    scores = {"close": 3.0, "strong": 2.0, "label": 3.0, "plain": 1.0, "article": -3.0, "mark": 1.0}
    return next(scores[name] for name, value in found.groupdict().items() if value is not None)


def _following(written: str, end: int) -> float:
    found = _BEHIND.match(written, end)
    if found is None:
        return 0.0 if not written[end : end + 2].strip() or re.match(r" [a-z]", written[end : end + 2]) else -1.0
    scores = {"strong": 2.0, "address": 3.0, "bracket": 1.5, "own": 1.0, "dash": 1.5, "plain": 0.5}
    return next(scores[name] for name, value in found.groupdict().items() if value is not None)


_MIXED = re.compile(r"(?=[a-z])(?<![a-z0-9_.@&/-])(?P<name>[a-z]{2,14})(?:(?P<title>总(?!结|监|共|数|价|量|体|部)|哥|姐|老师|先生|女士|小姐|经理|总监|主管|工程师|博士|教授|师傅)|(?=[\u3400-\u9fff]))")


def may_be_mixed(runs: frozenset[str]) -> bool:
    """Whether a text with these runs of letters can have given names among Chinese words."""
    return not runs.isdisjoint(_known()[0])


def mixed(written: str, folded: str) -> Iterable[Name]:
    """Given names among Chinese words, in small letters too: 找amy要, Tony老师, kevin说."""
    from commlint.entities.evidence import before, behind

    first = _known()[0]
    for match in _MIXED.finditer(folded):
        if match["name"] not in first or match["name"] in _OTHER:
            continue
        capital = written[match.start()].isupper()
        score = (1.0 if capital else 0.0) + before(folded, match.start()) + behind(folded, match.end())
        if (match["title"] and (capital or len(match["name"]) > 3)) or score >= 3.5:
            yield Name(Span(*match.span()), match["name"], match["title"] or "")


def in_subject(written: str) -> Iterable[Name]:
    """Segments of a subject that are a name: `Q2 review - Marketing Department - Zhou Ziheng`."""
    segments = [match for match in _SEGMENT.finditer(written) if match[0].strip(" -")]
    for match in segments[1:]:
        segment = match[0].strip(" -")
        start = match.start() + match[0].index(segment)
        if _PERSON.fullmatch(segment) and not no_name(segment.lower()) and is_name(segment.lower()):
            yield Name(Span(start, start + len(segment)), segment.lower())


@cache
def _departments() -> re.Pattern[str]:
    lists = sections("departments")
    from commlint.entities.departments import choice

    known, suffix = choice(lists["english"]), choice(lists["english-suffix"])
    return re.compile(rf"(?<![a-z0-9&.-])(?=[a-z&-])(?:(?P<suffixed>(?:(?:{known})\s)?(?:[a-z&-]{{2,16}} (?:& )?){{0,2}}(?:{suffix})(?: of (?:{known}))?)|(?P<short>{known}))(?![a-z0-9&-])")


_CALLS = re.compile(r"(?:(?<![a-z])(?:could|can|would|should|will|ask|by|from|with|to|cc|both|and|or|contact|tell|via|inform|notify|the|our|let|hi|dear|need|needs|until|if|when|per|against|for|than|then|but|while|that|so|@)[ :,]{1,2}|[,;.:!?(|/@\u3001]\s{0,2}|^\s{0,3}|\n\s{0,3}|[^\x00-\xff]\s?)$")
_ACTS = re.compile(
    r"\s(?:has|have|will|is to|are to|should|must|shall|needs|need|confirmed|says|said|asked|agreed|wants|can|could|would|to (?!the\b)[a-z]+|replied|released?|approved?|rejected|signed|sign|sends?|sent|flagged|raised|reported|owns?|leads?|insists?|takes?|took|provides?|forwarded|is (?:waiting|still|checking|asking|working|looking|reviewing|on it|handling)|are (?:waiting|still|checking|asking|working|looking|reviewing)|does|did|doesn't|didn't|hasn't|won't|and (?:the )?[A-Za-z&]+ (?:need|have|will|must|should|agreed|are))\b"
)


def departments(written: str, folded: str) -> Iterable[tuple[int, int]]:
    """Departments in Latin script: with a suffix (Export Department), or in short where they act (could Finance release …)."""
    if len(written) != len(folded):
        return
    for match in _departments().finditer(folded):
        found = _suffixed(written, match) if match["suffixed"] else _short(written, folded, match)
        if found is not None:
            yield found


# In the middle of a sentence their capital is enough.
_PLAIN = frozenset(("finance", "legal", "procurement", "purchasing", "logistics", "marketing", "engineering", "operations", "accounting", "accounts", "compliance", "hr", "qa", "qc", "r&d", "treasury", "payroll", "human resources", "customer service", "internal audit", "supply chain", "housekeeping", "front desk"))
_GOES_ON = re.compile(r" (?:before|by|on|for|to|about|and|or|if|when|as|at|in|with|asap|pls|please|today|tomorrow|first|again|too|who|which|is|are|was|were|has|have|will|after|until|once|directly|so|but|yet|already|this|next|within)\b|['\u2019]s\b")


def _suffixed(written: str, match: re.Match[str]) -> tuple[int, int] | None:
    """With its capitals: words in small letters before it do not belong to it, unless it is a known one."""
    start, end = match.span()
    words = written[start:end].split(" ")
    known = frozenset(sections("departments")["english"])
    for cut in range(len(words) - 1):
        head = " ".join(words[cut:-1]).lower()
        if words[cut].lower() in _PLACES and words[-1].lower() == "office":
            return None
        if head in known or (all(word[:1].isupper() or word == "&" for word in words[cut:-1]) and not any(_opener(word) for word in words[cut:-1])):
            return start + sum(len(word) + 1 for word in words[:cut]), end
    return None


_PLACES = frozenset(["china", "beijing", "shanghai", "shenzhen", "guangzhou", "taiwan", "taipei", "singapore", "tokyo", "london", "paris", "berlin", "york", "ningbo", "suzhou", "hangzhou", "head", "back", "home", "post"])


def _opener(word: str) -> bool:
    return word.lower() in ("the", "our", "your", "their", "please", "kindly", "both", "and", "all", "this", "my", "a", "each", "no", "dear", "hi", "head", "back", "home", "post", "box", "project", "whole", "same", "other", "to", "of")


def _short(written: str, folded: str, match: re.Match[str]) -> tuple[int, int] | None:
    start, end = match.span()
    word = written[start:end]
    if not (word[0].isupper() or word.isupper()) or (written[end : end + 1] == " " and written[end + 1 : end + 2].isupper() and not word.isupper()):
        return None
    lead = _CALLS.search(folded[max(0, start - 14) : start])
    if lead is None:
        return None
    acting = _ACTS.match(written, end) is not None
    called = re.search(r"(?:could|can|would|will|ask|tell|contact|cc|inform|notify|both|let|hi|dear|@)[ :,]{1,2}$", folded[max(0, start - 12) : start]) is not None
    joined = re.match(r" and (?:the )?[A-Z][\w&]+(?: [A-Z][a-z]+)? (?:need|have|will|must|should|agreed|are|both)", written[end : end + 60]) is not None
    shut = re.match(r"\s?(?:$|[,.;!?)\n|/\u3001\u3002\uff0c])", written[end : end + 3]) is not None
    inside = word.lower() in _PLAIN and re.search(r"[a-z,] $", folded[max(0, start - 2) : start]) is not None and (shut or _GOES_ON.match(written, end) is not None)
    return (start, end) if acting or joined or inside or (called and (shut or re.match(r" [a-z]", written[end : end + 2]))) else None
