"""The shapes of time expressions in English business text, as a table over folded (lower case) text."""

from __future__ import annotations

from commlint.entities.time import clocks, days, lengths, periods, recurrences
from commlint.entities.time.context import Context
from commlint.entities.time.shape import Groups, Role, Shape

_MONTH = r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?:\.(?=,? ?\d))?"
_FULL_MONTH = r"(?P<m>january|february|march|april|may|june|july|august|september|october|november|december)"
_SURE_MONTH = r"(?P<m2>jan(?:uary)?|feb(?:ruary)?|april|apr|june|july|jun|jul|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"  # end may be: no month
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>20\d\d|19\d\d)"
_WEEKDAY = r"(?P<w>monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thur?s?|fri)\b"
_SHORT = r"(?P<w>sat|sun)\b"
_REL = r"(?P<rel>this coming|this|next|last|coming|following|previous)"
_COUNT = r"\d{1,4}(?:\.\d)?|half an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty"
_UNIT = r"(?:(?P<working>business|working|work|banking)|calendar|natural|full|consecutive)?[ -]?(?P<u>minutes?|mins?|hours?|hrs?|h|days?|fortnight|weeks?|wks?|months?|quarters?|years?)\b"
_LENGTH = rf"(?P<a>{_COUNT})(?: \(\d{{1,3}}\))?(?: ?(?:-|to|\u2013) ?(?P<b>{_COUNT}))?[ -]?{_UNIT}"
_ORDINAL = r"(?P<d>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)"
_DAYS = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s"
_WEEKDAY_NAME = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)s?"


def _none(groups: Groups, context: Context) -> None:
    return None


_LENGTHS = ("en-later", "en-ago", "en-lead", "en-duration")
_COUNTED = rf"(?:{_COUNT})(?: \(\d{{1,3}}\))?(?: ?(?:-|to|\u2013) ?(?:{_COUNT}))?[ -]?(?=[bwcnfmhdyq])"
_D, _P, _R, _L = Role.DAY, Role.PERIOD, Role.RECURRENCE, Role.LENGTH
_MONTHS = "jfmasond"

ENGLISH = tuple(
    Shape(name, role, first, rf"(?:{pattern})(?![a-z0-9])", read, gate=_COUNTED if name in _LENGTHS else "")
    for name, role, first, pattern, read in (
        ("en-month-day-year", _D, _MONTHS, rf"{_MONTH} ?{_DAY}(?:,? ?{_YEAR})", days.full),
        ("en-month-day", _D, _MONTHS, rf"{_MONTH} ?{_DAY}(?!:|,? ?20\d\d)", days.month_day),
        ("en-day-range", Role.DAYS, _MONTHS, rf"{_MONTH} ?{_DAY} ?(?:-|to|\u2013) ?(?P<d2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!:| ?[ap]\.?m|/|\d)(?:,? ?{_YEAR})?", periods.day_range),
        ("en-day-range-day-first", Role.DAYS, "0", rf"{_DAY} ?(?:-|to|\u2013) ?(?P<d2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?[ ]{_MONTH}(?:,? ?{_YEAR})?", periods.day_range),
        ("en-day-of-month", _D, "0t", rf"(?:the )?{_ORDINAL} of (?:(?P<rel>this|next|last|the|the following) month)", lambda g, c: days.month_relative({**g, "rel": "following" if g["rel"] == "the following" else g["rel"]}, c)),
        ("en-day-only", _D, "t", rf"(?:(?<=on )|(?<=by )|(?<=till )|(?<=until )|(?<=before ))the {_ORDINAL}(?= ?(?:[.,;!?)]|$|at |and |for ))", days.day_only),
        ("en-day-month-year", _D, "0", rf"{_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}", days.full),
        ("en-day-month", _D, "0", rf"{_DAY}(?: of)?[ -]{_MONTH}(?!\w|,? ?20\d\d)", days.month_day),
        ("en-dotted", _D, "0", r"(?P<d>3[01]|[12]\d|0?[1-9])\.(?P<m>1[0-2]|0?[1-9])\.(?P<y>20\d\d)", days.full),
        ("en-slashed", _D, "0", r"(?P<m>1[0-2]|0?[1-9])/(?P<d>3[01]|[12]\d|0?[1-9])/(?P<y>20\d\d)", days.full),
        ("en-slashed-day-first", _D, "0", r"(?P<d>3[01]|2\d|1[3-9])/(?P<m>1[0-2]|0?[1-9])/(?P<y>20\d\d)", days.full),
        ("en-relative-day", _D, "ty", r"(?P<rel>the day after tomorrow|the day before yesterday|today|tonight|tomorrow|yesterday|this morning|this afternoon|this evening)(?!'s)|l(?P<x>ast night)", days.relative),
        ("en-weekday", _D, "mtwfnlpc", rf"(?:{_REL} )?{_WEEKDAY}(?!'s)", days.weekday),
        ("en-weekday-of-week", _D, "mtwfnl", rf"{_WEEKDAY} (?:of )?(?P<rel>this|next|last) week|(?P<rel2>this|next|last) week(?:'s|,)? (?:on )?{_WEEKDAY.replace('<w>', '<w2>')}", lambda g, c: days.weekday({**g, "rel": g["rel"] or g["rel2"], "w": g["w"] or g["w2"]}, c)),
        ("en-weekend-day", _D, "tnlcs", rf"(?:{_REL} {_SHORT}|{_SHORT.replace('sat|sun', 'saturday|sunday').replace('<w>', '<w2>')})", lambda g, c: days.weekday({**g, "w": g["w"] or g["w2"]}, c)),
        ("en-next-workday", _D, "tnf", r"(?:the )?(?P<rel>next|following|previous) (?:business|working|work) ?day", days.next_working_day),
        ("en-month-end", _D, "etm" + _MONTHS, rf"(?:the )?end of (?:the |(?P<rel>this|next|last) )?month|eom|month[- ]end|(?:the )?end of {_MONTH}(?: {_YEAR})?|end[ -]{_SURE_MONTH}(?: {_YEAR.replace('<y>', '<y2>')})?", lambda g, c: days.end_of_month({**g, "m": g["m"] or g["m2"], "y": g["y"] or g["y2"]}, c)),
        ("en-quarter-end", _D, "et0q", rf"(?:the )?end of (?:the |(?P<rel>this|next|last) )?quarter|eoq|quarter[- ]end|(?:the )?end of q(?P<q>[1-4])(?: ?{_YEAR})?|q(?P<q2>[1-4])[- ]end", lambda g, c: days.end_of_quarter({**g, "q": g["q"] or g["q2"]}, c)),
        ("en-year-end", _D, "ety", rf"(?:the )?end of (?:(?:the|(?P<rel>this|next|last)) )?(?:year|{_YEAR})|eoy|year[- ]end", days.end_of_year),
        ("en-week-end", _D, "et", r"(?:the )?end of (?:the |(?P<rel>this|next|last) )?(?:week)|eow", days.end_of_business_week),
        ("en-close", Role.CLOSE, "ect", r"eod|eob|cob|(?:the )?(?:end|close) of (?:the )?(?:business(?: day)?|working day|day|play)", _none),
        ("en-part", Role.PART, "mae", r"morning|afternoon|evening", _none),
        ("en-clock", Role.CLOCK, "0", r"(?P<h>1[0-2]|0?[1-9])(?:[:.](?P<min>[0-5]\d))? ?(?P<half>a\.m\b\.?|p\.m\b\.?|am|pm)", clocks.clock),
        ("en-clock-hours", Role.CLOCKS, "0", r"(?P<h>1[0-2]|0?[1-9]) ?(?:-|to|\u2013) ?(?P<h2>1[0-2]|0?[1-9]) ?(?P<half>a\.m\b\.?|p\.m\b\.?|am|pm)", clocks.clock_range),
        ("en-clock-named", Role.CLOCK, "nm", r"(?P<name>noon|midnight)", clocks.named),
        ("en-clock-spoken", Role.CLOCK, "0h", r"(?P<h>1[0-2]|[1-9]) ?o'clock", lambda g, c: clocks.clock({**g, "loose": "1"}, c)),
        ("en-within-period", _P, "w", r"within (?P<rel>this|the|the current|current|next) (?P<u>week|month|quarter|year)", periods.named),
        ("en-part-of-period", _P, "eml", rf"(?P<third>early|mid|late)[- ](?:in )?(?:{_MONTH}(?: {_YEAR})?|(?P<rel>this|next|last) month)", periods.english_third),
        ("en-part-of-week", _P, "eml", r"(?:early|mid|late)[- ](?:in )?(?:the )?(?P<rel>this|next|last|coming) week", periods.week),
        ("en-week-of", _P, "tw", rf"(?:the )?(?:week (?:of|commencing|beginning)|w/c) (?:{_MONTH} ?{_DAY}|{_DAY.replace('<d>', '<d2>')} {_MONTH.replace('<m>', '<m2>')})", periods.week_of),
        ("en-week-number", _P, "cw", r"(?:calendar week|week|cw|wk) ?(?P<n>[1-4]\d|5[0-3]|[1-9])(?= ?(?:[.,;:!?)]|$|20\d\d|is |at |for |and |delivery|production))(?: (?P<y>20\d\d))?", periods.week_number),
        ("en-half", _P, "h12fts", rf"h(?P<h>[12])(?: ?{_YEAR})|(?P<h2>[12])h ?(?P<y2>20\d\d|\d\d)|(?:the )?(?P<h3>first|second) half of (?:(?P<y3>20\d\d)|(?P<rel>this|next|last|the) year)", periods.english_half),
        ("en-fiscal-year", _P, "f", r"fy ?(?P<y>20\d\d|\d\d)(?!\d)", periods.fiscal_year),
        ("en-quarter-named", _P, "tfs", rf"(?:the )?(?P<q>first|second|third|fourth) quarter(?: of (?:{_YEAR}|this year|the year))?", periods.english_quarter),
        ("en-week", _P, "tnlcp", r"(?P<rel>this|next|last|coming|following|previous|current) week(?! ?end|day)", periods.week),
        ("en-weekend", _P, "tnlc", r"(?P<rel>this|next|last|coming|the) weekend", periods.weekend),
        ("en-month", _P, "tnlcp", r"(?P<rel>this|next|last|following|previous|current) month", periods.month),
        ("en-months", _P, _MONTHS, rf"{_FULL_MONTH}(?: {_YEAR.replace('<y>', '<y1>')})? ?(?:to|through|-|\u2013) ?{_FULL_MONTH.replace('<m>', '<m2>')} {_YEAR}", periods.months),
        ("en-month-year", _P, _MONTHS, rf"{_FULL_MONTH},? {_YEAR}", periods.month),
        ("en-quarter-relative", _P, "tnlcp", r"(?P<rel>this|next|last|following|previous|current) quarter", periods.quarter),
        ("en-year", _P, "tnlcp", r"(?P<rel>this|next|last|following|previous|current) year", periods.year),
        ("en-limit", _L, "wio", rf"(?P<limit>within|in(?= the next)|over(?= the next)) (?:the next |the coming |a maximum of |at most |about )?(?:{_LENGTH})", lengths.length),
        ("en-from-now", _L, "i", rf"(?P<after>in)(?: about)? (?:{_LENGTH})(?:'s? time)?", lengths.length),
        ("en-later", _L, "0aotfsenh", rf"(?:{_LENGTH})(?P<after> from now| from today| later)", lengths.length),
        ("en-ago", _L, "0aotfsenh", rf"(?:{_LENGTH})(?P<ago> ago| earlier)", lengths.length),
        ("en-lead", _L, "0aotfsenh", rf"(?:{_LENGTH})(?P<lead> in advance| ahead| beforehand| prior to| before)", lengths.length),
        ("en-duration", _L, "0otfsenh", rf"(?!one day (?:i|we|you|he|she|they)\b)(?:{_LENGTH})", lengths.length),
        ("en-every-weekday", _R, "eowmtfs", rf"(?:every|each)(?P<other> other)? (?P<days>{_WEEKDAY_NAME}(?:(?:,| and|, and| &)? {_WEEKDAY_NAME})*)|(?:weekly )?on (?P<days2>(?:mon|tues|wednes|thurs|fri|satur|sun)days)|weekly on (?P<days3>{_WEEKDAY_NAME})|(?P<days4>{_DAYS}(?:(?:,| and|, and| &) {_DAYS})*)", lambda g, c: recurrences.on_weekdays({**g, "days": g["days"] or g["days2"] or g["days3"] or g["days4"]}, c)),
        ("en-fortnightly-weekday", _R, "bf", rf"(?P<other>bi-?weekly|fortnightly) on (?P<days>{_WEEKDAY_NAME})", recurrences.on_weekdays),
        ("en-nth-weekday", _R, "tfsl", rf"(?:the )?(?P<n>first|second|third|fourth|last) {_WEEKDAY} of (?:each|every) month", recurrences.weekday_of_month),
        ("en-nth-weekday-of-month", _D, "tfsl", rf"(?:the )?(?P<n>first|second|third|fourth|last) {_WEEKDAY} of (?:(?:the|(?P<rel>this|next|last)) month|{_FULL_MONTH}(?: {_YEAR})?)", days.weekday_of_month),
        ("en-every-month-day", _R, "0tm", rf"(?:the )?{_ORDINAL} (?:day )?of (?:each|every) month|monthly on the {_ORDINAL.replace('<d>', '<d3>')}", lambda g, c: recurrences.month_day({**g, "d": g["d"] or g["d3"]}, c)),
        ("en-weekdays", _R, "w", r"(?:on )?weekdays(?= (?:from |at |between )?\d)(?: (?:from|at|between))?", recurrences.workdays),
        ("en-every", _R, "e", r"(?:every|each) (?P<u>day|week|month|quarter|year|hour|morning|evening|weekday|business day|working day|workday|fortnight|night)", recurrences.every),
        ("en-every-n", _R, "e", rf"(?:every) (?P<a>{_COUNT}) (?P<u>minutes|hours|days|weeks|months|quarters|years)", recurrences.every_n),
        ("en-every-other", _R, "e", r"every other (?P<u>day|week|month|year)", recurrences.alternate),
        ("en-adverb", _R, "bdfhwmqay", r"(?P<u>daily|(?:bi-?)?weekly|fortnightly|monthly|quarterly|annually|yearly|hourly)(?= (?:at|on|by|before|basis)\b|[.,;]|$)", recurrences.every),
        ("en-every-month-end", _R, "e", r"(?:the )?end of (?:every|each) (?P<u>month|quarter|year)", recurrences.period_end),
        ("en-every-workday", _R, "tlfs", r"(?:the )?(?P<n>first|last|second|third) (?:business|working) day of (?:every|each) (?P<p>month|week)", recurrences.workday_of_month),
        ("en-workday-of-month", _D, "tlfs", rf"(?:the )?(?P<n>first|last|second|third|fourth|fifth) (?:business|working) day of (?:(?:the|(?P<rel>this|next|last)) month|{_FULL_MONTH})", days.working_day_of_month),
        ("en-vague", Role.VAGUE, "asinwelto", r"asap|a\.s\.a\.p\.?|as soon as (?:possible|practicable|practical|you can)|as early as possible|at your (?:earliest )?convenience|when(?:ever)? (?:it is )?convenient|at a later (?:date|time|stage)|in (?:the coming|a few|the next few|the following|a couple of|the next couple of) (?:days|weeks)|one of these days|soon(?!er|est)|shortly|sometime (?:soon|later|next week|this week)|in due course|in the near future|when you (?:have|get) (?:time|a moment|a chance)|at the earliest(?: opportunity)?|without delay(?=x)|later on", _none),
        ("en-pending", Role.PLACEHOLDER, "t", r"tb[dca]|t\.b\.[dc]\.|to be (?:determined|confirmed|decided|announced|advised|scheduled|agreed)", _none),
        ("en-placeholder", Role.PLACEHOLDER, "mdx", r"(?:mm|dd|xx)[-/](?:mm|dd|xx)(?:[-/](?:yyyy|yy|xxxx))?", _none),
        ("en-placeholder-bracket", Role.PLACEHOLDER, "[<{", r"[\[<{](?:insert |enter |due |fill in )?(?:date|time|deadline)(?: here)?[\]>}]", _none),
        ("en-placeholder-length", Role.PLACEHOLDER, "nxw", r"(?:within )?(?:n|xx?) (?:business |working |calendar )?(?:days|hours|weeks|months)", _none),
    )
)
