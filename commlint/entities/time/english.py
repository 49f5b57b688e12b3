"""The shapes of time expressions in English business text, as a table over folded (lower case) text."""

from __future__ import annotations

from commlint.entities.time import clocks, days, lengths, periods, recurrences
from commlint.entities.time.context import Context
from commlint.entities.time.shape import Groups, Role, Shape

_MONTH = r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_FULL_MONTH = r"(?P<m>january|february|march|april|may|june|july|august|september|october|november|december)"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>20\d\d|19\d\d)"
_WEEKDAY = r"(?P<w>monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thur?s?|fri)\b"
_SHORT = r"(?P<w>sat|sun)\b"
_REL = r"(?P<rel>this|next|last|coming|following|previous)"
_COUNT = r"\d{1,4}(?:\.\d)?|half an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty"
_UNIT = r"(?:(?P<working>business|working|work)|calendar|natural|full)?[ -]?(?P<u>minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?|quarters?|years?)\b"
_LENGTH = rf"(?P<a>{_COUNT})(?: ?(?:-|to|\u2013) ?(?P<b>{_COUNT}))?[ -]?{_UNIT}"
_WEEKDAY_NAME = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)s?"


def _none(groups: Groups, context: Context) -> None:
    return None

_D, _P, _R, _L = Role.DAY, Role.PERIOD, Role.RECURRENCE, Role.LENGTH
_MONTHS = "jfmasond"

ENGLISH = tuple(
    Shape(name, role, first, rf"(?:{pattern})(?![a-z0-9])", read)
    for name, role, first, pattern, read in (
        ("en-month-day-year", _D, _MONTHS, rf"{_MONTH} ?{_DAY}(?:,? ?{_YEAR})", days.full),
        ("en-month-day", _D, _MONTHS, rf"{_MONTH} ?{_DAY}(?!:|,? ?20\d\d)", days.month_day),
        ("en-day-range", Role.DAYS, _MONTHS, rf"{_MONTH} ?{_DAY} ?(?:-|to|\u2013) ?(?P<d2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!:| ?[ap]\.?m|/|\d)(?:,? ?{_YEAR})?", periods.day_range),
        ("en-day-month-year", _D, "0", rf"{_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}", days.full),
        ("en-day-month", _D, "0", rf"{_DAY}(?: of)?[ -]{_MONTH}(?!\w|,? ?20\d\d)", days.month_day),
        ("en-dotted", _D, "0", r"(?P<d>3[01]|[12]\d|0?[1-9])\.(?P<m>1[0-2]|0?[1-9])\.(?P<y>20\d\d)", days.full),
        ("en-slashed", _D, "0", r"(?P<m>1[0-2]|0?[1-9])/(?P<d>3[01]|[12]\d|0?[1-9])/(?P<y>20\d\d)", days.full),
        ("en-slashed-day-first", _D, "0", r"(?P<d>3[01]|2\d|1[3-9])/(?P<m>1[0-2]|0?[1-9])/(?P<y>20\d\d)", days.full),
        ("en-relative-day", _D, "ty", r"(?P<rel>the day after tomorrow|the day before yesterday|today|tonight|tomorrow|yesterday|this morning|this afternoon|this evening)(?!'s)|l(?P<x>ast night)", days.relative),
        ("en-weekday", _D, "mtwfnlpc", rf"(?:{_REL} )?{_WEEKDAY}(?!'s)", days.weekday),
        ("en-weekend-day", _D, "tnlcs", rf"(?:{_REL} {_SHORT}|{_SHORT.replace('sat|sun', 'saturday|sunday').replace('<w>', '<w2>')})", lambda g, c: days.weekday({**g, "w": g["w"] or g["w2"]}, c)),
        ("en-next-workday", _D, "tnf", r"(?:the )?(?P<rel>next|following|previous) (?:business|working|work) ?day", days.next_working_day),
        ("en-month-end", _D, "etm" + _MONTHS, rf"(?:the )?end of (?:the |(?P<rel>this|next|last) )?month|eom|month[- ]end|(?:the )?end of {_FULL_MONTH}(?: {_YEAR})?", days.end_of_month),
        ("en-quarter-end", _D, "et0q", rf"(?:the )?end of (?:the |(?P<rel>this|next|last) )?quarter|eoq|quarter[- ]end|(?:the )?end of q(?P<q>[1-4])(?: ?{_YEAR})?", days.end_of_quarter),
        ("en-year-end", _D, "ety", rf"(?:the )?end of (?:(?:the|(?P<rel>this|next|last)) )?(?:year|{_YEAR})|eoy|year[- ]end", days.end_of_year),
        ("en-week-end", _D, "et", r"(?:the )?end of (?:the |(?P<rel>this|next|last) )?(?:week)|eow", days.end_of_business_week),
        ("en-close", Role.CLOSE, "ect", r"eod|eob|cob|(?:the )?(?:end|close) of (?:the )?(?:business(?: day)?|working day|day|play)", _none),
        ("en-part", Role.PART, "mae", r"morning|afternoon|evening", _none),
        ("en-clock", Role.CLOCK, "0", r"(?P<h>1[0-2]|0?[1-9])(?:[:.](?P<min>[0-5]\d))? ?(?P<half>a\.m\b\.?|p\.m\b\.?|am|pm)", clocks.clock),
        ("en-clock-hours", Role.CLOCKS, "0", r"(?P<h>1[0-2]|0?[1-9]) ?(?:-|to|\u2013) ?(?P<h2>1[0-2]|0?[1-9]) ?(?P<half>a\.m\b\.?|p\.m\b\.?|am|pm)", clocks.clock_range),
        ("en-clock-named", Role.CLOCK, "nm", r"(?P<name>noon|midnight)", clocks.named),
        ("en-week", _P, "tnlcp", r"(?P<rel>this|next|last|coming|following|previous|current) week(?! ?end|day)", periods.week),
        ("en-weekend", _P, "tnlc", r"(?P<rel>this|next|last|coming|the) weekend", periods.weekend),
        ("en-month", _P, "tnlcp", r"(?P<rel>this|next|last|following|previous|current) month", periods.month),
        ("en-month-year", _P, _MONTHS, rf"{_FULL_MONTH},? {_YEAR}", periods.month),
        ("en-quarter-relative", _P, "tnlcp", r"(?P<rel>this|next|last|following|previous|current) quarter", periods.quarter),
        ("en-year", _P, "tnlcp", r"(?P<rel>this|next|last|following|previous|current) year", periods.year),
        ("en-limit", _L, "wi", rf"(?P<limit>within|in(?= the next)) (?:the next |the coming |a maximum of |at most |about )?(?:{_LENGTH})", lengths.length),
        ("en-from-now", _L, "i", rf"(?P<after>in)(?: about)? (?:{_LENGTH})(?:'s? time)?", lengths.length),
        ("en-later", _L, "0aotfsenh", rf"(?:{_LENGTH})(?P<after> from now| from today| later)", lengths.length),
        ("en-ago", _L, "0aotfsenh", rf"(?:{_LENGTH})(?P<ago> ago| earlier)", lengths.length),
        ("en-lead", _L, "0aotfsenh", rf"(?:{_LENGTH})(?P<lead> in advance| ahead| beforehand| prior to| before)", lengths.length),
        ("en-duration", _L, "0otfsenh", rf"(?:{_LENGTH})", lengths.length),
        ("en-every-weekday", _R, "eow", rf"(?:every|each)(?P<other> other)? (?P<days>{_WEEKDAY_NAME}(?:(?:,| and|, and| &)? {_WEEKDAY_NAME})*)|(?:weekly )?on (?P<days2>(?:mon|tues|wednes|thurs|fri|satur|sun)days)|weekly on (?P<days3>{_WEEKDAY_NAME})", lambda g, c: recurrences.on_weekdays({**g, "days": g["days"] or g["days2"] or g["days3"]}, c)),
        ("en-every", _R, "e", r"(?:every|each) (?P<u>day|week|month|quarter|year|hour|morning|evening|weekday|business day|working day|workday)", recurrences.every),
        ("en-every-n", _R, "e", rf"(?:every) (?P<a>{_COUNT}) (?P<u>minutes|hours|days|weeks|months|quarters|years)", recurrences.every_n),
        ("en-every-other", _R, "e", r"every other (?P<u>day|week|month|year)", recurrences.alternate),
        ("en-adverb", _R, "dwmqay", r"(?P<u>daily|weekly|monthly|quarterly|annually|yearly)(?= (?:at|on|by|before|basis)\b|[.,;]|$)", recurrences.every),
        ("en-every-month-end", _R, "e", r"(?:the )?end of (?:every|each) (?P<u>month|quarter|year)", recurrences.period_end),
        ("en-every-workday", _R, "tlf", r"(?:the )?(?P<n>first|last|second|third) (?:business|working) day of (?:every|each) (?P<p>month|week)", recurrences.workday_of_month),
        ("en-workday-of-month", _D, "tlf", r"(?:the )?(?P<n>first|last|second|third) (?:business|working) day of (?:the|(?P<rel>this|next|last)) month", days.working_day_of_month),
        ("en-vague", Role.VAGUE, "asinwelt", r"asap|a\.s\.a\.p\.?|as soon as possible|as soon as you can|at your earliest convenience|soon(?!er|est)|shortly|sometime (?:soon|later|next week|this week)|in due course|in the near future|when you (?:have|get) (?:time|a moment|a chance)|at the earliest(?: opportunity)?|without delay(?=x)|later on", _none),
        ("en-pending", Role.PLACEHOLDER, "t", r"tb[dc]|t\.b\.[dc]\.|to be (?:determined|confirmed|decided|announced)|tba", _none),
        ("en-placeholder", Role.PLACEHOLDER, "mdx", r"(?:mm|dd|xx)[-/](?:mm|dd|xx)(?:[-/](?:yyyy|yy|xxxx))?", _none),
    )
)
