"""The shapes of time expressions in Chinese business text, as a table over folded text."""

from __future__ import annotations

from commlint.entities.time import clocks, days, lengths, periods, recurrences
from commlint.entities.time.context import Context
from commlint.entities.time.shape import Groups, Role, Shape

_CN = "一二三四五六七八九十"
_M = rf"(?P<m>\d{{1,2}}|[{_CN}]{{1,2}})"
_D = rf"(?P<d>\d{{1,2}}|[{_CN}廿]{{1,3}})"
_D2 = _D.replace("<d>", "<d2>")
_Y4 = r"(?P<y>(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})"
_Y = r"(?P<y>(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3}|2\d(?= ?年))"
_RY = r"(?P<ry>今|明|去|本|次|后|来|前)年"
_RM = r"(?P<rel>上上|上一|上|本|这|当|下下|下一|下|次)个?月"
_TO = r" ?(?:-|~|至|到|\u2014{1,2}|\u2013|\u2015|\u2212|\u301c) ?"
_WEEK = "(?:周|星期|礼拜)"
_STEP = "(?P<rel>上上|上一|上|本|这一|这|当|下下|下一|下|次)个?"
_NO_SUFFIX = "(?!往|来|端|台|景|夕|述|面|后|者|提(?!交|供|报|出|醒|前|升|请|取|货|案|示|到)|天|期|任|线|沿|排|置|身|途|程|锋|缀|瞻|列|科|奏|[一二三两几0-9]{1,2} ?[天周个名位项])"
BEFORE = f"(?:之前|以前|前{_NO_SUFFIX})"
WITHIN = "(?:之内|以内|内(?!部|容|外|存|含|网|陆|地|审|测|控|战|购|科|勤|训|嵌|饰|核|宣|涵|阁|务(?!必)|衣))"
_AFTER = "(?:之后|以后|过后|后(?!续|台|端|天|果|勤|面|悔|缀|者|期|备|方|市|台|盾|置|门))"
_AMOUNT = rf"\d{{1,4}}(?:\.[05])?|[{_CN}两百]{{1,4}}|半"
_A = rf"(?P<a>{_AMOUNT})(?: ?\(\d{{1,4}}\))?(?:(?:{_TO}|或)(?P<b>\d{{1,4}}|[{_CN}两]{{1,3}}))? ?"
# 月 needs 个 before it, 日 a suffix behind it: 3月 and 3日 alone are names, not lengths.
_UNIT = r"(?:(?:个|整|个整)?(?P<half>半)?(?:多)? ?(?P<u>工作日|工作天|交易日|自然日|自然天|日历日|日历天|小时|钟头|分钟|刻钟|秒钟|星期|礼拜|天|周|年|h(?:rs?)?(?![a-z])|mins?(?![a-z]))|个(?P<half2>半)?(?:多)?(?P<u2>月|季度))(?P<half3>(?<=[天周年])半(?!年|天|数|径|成|价))?"
_UNIT_SUFFIXED = f"(?:{_UNIT}|(?P<u3>日))"
_LENGTH_GUARD = "(?!期(?!间|限|内|满|末|初|中|后)|制|级|均|线|游|岁|龄|度|薪|猫|生|检|年|才|天|然|报|刊|历|桥|工作制|无理由|热线|服务热|营业|便利|客服|不打烊|在线|不间断|值守|待命|周年|[A-Za-z])"
_CLOCK_TAIL = "(?:(?P<min>[0-5]?\\d|[一二三四五]?十?[一二三四五六七八九十]|[廿卅][一二三四五六七八九]?)分|(?P<quarter>半|一刻|三刻|整|正(?!式|常|在|好|值|确))|钟)"
# Words of two characters that begin with 点 or follow it, and 时 inside words: three points, not three o'clock.
_POINTS = "建议|意见|要求|要点|说明|问题|原因|原则|注意|内容|改进|改动|改善|思考|区别|候选|代码|刻度|差异|差距|效果|光|装|空|段|期|速|评(?!审|估|标)|赞|击|名|心|检(?!查|修|测|验)|餐(?!厅|吧)|歌|体会|感受|理由|优势|措施|经验|共识|结论|启示|诉求|希望|疑问|补充"
# What a bare N点 must be followed by to be an hour and not a count of points.
_CLOCK_EVIDENCE = rf"(?= ?(?:之?前|以前|之?后|开会|开始|召开|举行|准时|集合|上线|截止|下班|上班|出发|签到|入场|到场|左右|许|开播|见面|碰头|碰一下|{_TO[3:]}\d|[\u2014-]))"


def _length(groups: Groups, context: Context) -> object:
    unit = groups.get("u") or groups.get("u2") or groups.get("u3")
    return lengths.length({**groups, "u": unit, "half": groups.get("half") or groups.get("half2") or groups.get("half3")}, context)


def _empty(groups: Groups, context: Context) -> None:
    return None


_QUARTER = r"(?:q(?P<q>[1-4])(?:季度)?|第?(?P<q2>[一二三四1-4]) ?季度?)"


def _quarter(read: object) -> object:
    def resolve(groups: Groups, context: Context) -> object:
        return read({**groups, "q": groups.get("q") or groups.get("q2")}, context)  # type: ignore[operator]  # a resolver

    return resolve


_HOLIDAY = "(?P<holiday>元旦|春节|新年|清明|五一劳动|五一|劳动|端午|中秋|国庆|十一)(?:小?长假|假期|假|节)?"
_YEARS = f"(?:{_Y4} ?年|{_RY})"

_DAY, _DAYS, _PERIOD, _PART, _CLOCK, _CLOCKS, _CLOSE, _LENGTH, _RECUR, _VAGUE, _HOLE = (
    Role.DAY, Role.DAYS, Role.PERIOD, Role.PART, Role.CLOCK, Role.CLOCKS, Role.CLOSE, Role.LENGTH, Role.RECURRENCE, Role.VAGUE, Role.PLACEHOLDER,
)

_ROWS = (
    # name, role, first characters, pattern, resolver
    ("full-date", _DAY, "0一二", rf"{_Y} ?年(?:度)? ?{_M} ?月 ?{_D}(?: ?[日号]|(?!\d))", days.full),
    ("iso-date", _DAY, "0", r"(?P<y>(?:19|20)\d\d)(?P<sep> ?[-/.] ?)(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<d>3[01]|[12]\d|0?[1-9])(?:日|(?=\d{1,2}:\d\d)|(?![\d%]|[/.][\da-z](?!\d?:)|-[\da-z](?!\d?:|\d{3} ?[-/.年]|\d?[./]\d)))", days.full),
    ("relative-year-date", _DAY, "今明去本次后来前", rf"{_RY}度?的? ?{_M} ?月 ?{_D} ?[日号]", days.full),
    ("month-day", _DAY, "0一", rf"{_M} ?月 ?{_D} ?[日号]", days.month_day),
    ("month-day-bare", _DAY, "0", r"(?P<m>\d{1,2})月(?P<d>\d{1,2})(?![\d个份万元人台件项次%.天名家套]|[-~至到](?!\d{1,2}月))", days.month_day),
    ("month-relative-day", _DAY, "上本这当下次", rf"{_RM}的? ?{_D} ?[日号]", days.month_relative),
    ("day-only", _DAY, "0一", rf"{_D} ?日(?!均|常|程|报|志|语|本|元|游|用|线|间|子|照|企|方|系|产|式|耳|历|月年)", days.day_only),
    ("day-number", _DAY, "0", r"(?P<d>[12]\d|3[01]|[1-9]) ?号(?!键|秀|信封|字|柴|汽|楼|线|门|桌|机|店|文|院|房|会议|厅|仓|库|车|柜|码|令|公告|位|台|工|产|窗|单|舱|坑|井|地|标|包|样|员|选|展|馆|公路|国道|站|航|电|出口|通知|方案|文件|池|炉|泵|线路|服务器|节点|机房|合同|订单|学|病|床|楼层|主|字|球|棚|库房|教室|入口|议题|议案|附件|问题|条|缺陷|bug|任务|需求|口|候|种子|队|罐|阀|柱|轴|批|组|发票|凭证|协议|客户|供应商|项目|参|嘉|评委|节目|作品|试|分|主)", days.day_only),
    ("day-number-chinese", _DAY, "一", rf"(?P<d>[一二三]?十[{_CN[:9]}]?|[一二三]十[{_CN[:9]}]?) ?号(?!键|秀|信封|字|柴|汽|楼|线|门|桌|机|店|文|院|房|会议|厅|仓|库|车|柜|码|台|馆|窗|口)", days.day_only),
    ("day-number-one", _DAY, "一", r"(?P<d>[一二三四五六七八九])号(?=之?前|以前|上午|下午|晚上|早上|中午|下班|交付|提交|完成)", days.day_only),
    ("short-date", _DAY, "0", r"(?P<m>1[0-2]|0?[1-9])(?P<sep>[-/.])(?P<d>3[01]|[12]\d|0?[1-9])[日号]?(?!\d|%|[-/.]\d(?!\d?:)|[个万元亿人倍分米月年周天小])", days.month_day, "weak"),
    ("compact-date", _DAY, "0", r"(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)", days.full, "weak"),
    ("relative-day", _DAY, "大前昨今本即当明次翌后", r"(?:(?P<rel>大前|前|昨|今|明|次|翌|大后|后|当)(?P<part>[早晚晨夜])(?!一点|些|于|饭|会|餐|报|操|班|自习|间新闻)|(?P<rel2>大前|前|昨|今|明|后|大后|次|当)[天](?!性|气|真|堂|空|然|文|线|资)|(?P<rel3>昨|今|本|明|次|翌|即|当)日(?!报|本|均|头条|说法|志|程|之星|常))", lambda g, c: days.relative({**g, "rel": g["rel"] or g["rel2"] or g["rel3"]}, c)),
    ("weekday", _DAY, "上本这当下周星礼次", rf"(?:{_STEP})?{_WEEK}(?P<w>[一二三四五六日天]|[1-7](?![\d个次天小分年月:.]))(?!次|般|报(?!名|到|送|告|价|销|警)|期(?!间|待|望)|刊|更(?!新)|份|封|篇|遍|例(?!会|行)|种|年|鸣|围|边)", days.weekday),
    ("next-workday", _DAY, "上下次", r"(?P<rel>上|下|次)(?:一|1)?个?(?:工作日|交易日)", days.next_working_day),
    ("workday-of-month", _DAY, "0一本上下这当今明去", rf"(?:(?:{_YEARS})?{_M}月份?|{_RM})(?:的|里|内)?(?:第(?P<n>[{_CN}]|\d{{1,2}})|(?P<back>倒数)第(?P<n2>[{_CN}\d])|(?P<n3>首|最后一|最后))个?工作日", lambda g, c: days.working_day_of_month({**g, "n": g["n"] or g["n2"] or g["n3"]}, c)),
    ("weekday-of-month", _DAY, "0一本上下这当今明去", rf"(?:(?:{_YEARS})?{_M}月份?|{_RM})的?(?:第(?P<n>[{_CN[:5]}1-5])|(?P<n3>首|最后一|最后))个?{_WEEK}(?P<w>[一二三四五六日天])", lambda g, c: days.weekday_of_month({**g, "n": g["n"] or g["n3"]}, c)),
    ("workday-of-period", _DAY, "0一上本这当下次今明去q第", rf"(?:(?P<week>{_STEP}{_WEEK})|(?:{_YEARS})?{_QUARTER}|(?P<rel2>上|本|这|下)个?季度?)(?:的|里|内)?(?:第(?P<n>[{_CN}]|\d{{1,2}})|(?P<n3>首|最后一|最后))个?工作日", lambda g, c: days.working_day_of_period({**g, "q": g["q"] or g["q2"], "n": g["n"] or g["n3"]}, c)),
    ("workday-of-year", _DAY, "0今明去本次后来前新开年", rf"(?P<year>{_YEARS}(?:年?底|年?末)?|年底|年末|本年度?|(?P<new>新年|开年))(?:的|里|内|后)?(?:第(?P<n>[{_CN}]|\d{{1,2}})|(?P<n3>首|最后一|最后))个?工作日", lambda g, c: days.working_day_of_period({**g, "n": g["n"] or g["n3"]}, c)),
    ("days-before-holiday", _DAY, "0今明去元春新清五劳端中国十", rf"(?:{_YEARS})?{_HOLIDAY}(?:放假)?前(?P<a>[{_CN}两]|\d{{1,2}})个?(?P<u>[天日周])(?!内)", days.days_before_holiday),
    ("before-festival", _DAY, "0今明去元双六七八三圣教感万情腊小除年大妇儿重", rf"(?:{_YEARS})?(?P<festival>{'|'.join(days.FESTIVALS)})(?:节|大促)?(?:当天|活动)?{BEFORE}", days.before_festival),
    ("mid-year", _DAY, "0今明去年", rf"(?:{_Y4} ?年|{_RY})?年中(?=之?前|以前)", days.mid_year),
    ("day-after", _DAY, "第", r"第二天", days.day_after, "weak"),
    ("roc-date", _DAY, "0民", rf"(?:民国 ?(?P<roc>\d{{2,3}})|(?P<roc2>1[01]\d)) ?年 ?{_M} ?月 ?{_D} ?日", lambda g, c: days.republican({**g, "roc": g["roc"] or g["roc2"]}, c)),
    ("workday-after-holiday", _DAY, "节假元春新清五劳端中国十", rf"(?:(?:{_HOLIDAY}|节|假期)后)的?(?:第(?P<n>[{_CN}]|\d{{1,2}})|(?P<n3>首))个?工作日", lambda g, c: days.workday_after_holiday({**g, "n": g["n"] or g["n3"]}, c)),
    ("workday-before-holiday", _DAY, "节假元春新清五劳端中国十", rf"(?:{_HOLIDAY}|节|假期)前的?最后一个工作日", days.before_holiday),
    ("before-holiday", _DAY, "0今明去元春新清五劳端中国十", rf"(?:{_YEARS})?{_HOLIDAY}(?:放假)?{BEFORE}", days.before_holiday),
    ("before-new-year", _DAY, "年节", r"(?:(?P<x>年)|节)(?:之前|以前|前)(?!往|来|端|台|景|夕|述|面|后|者|提(?!交|供|报|出|醒|前)|期|任|[一二两三四五六七0-9]{1,2} ?[天周个])", lambda g, c: days.before_holiday({**g, "holiday": "春节"} if g.get("x") else g, c)),
    ("month-end", _DAY, "0一今明去本上下这当次月", rf"(?:(?:{_YEARS})? ?{_M} ?月份?的?月?|(?:{_RM})的?月?|月)(?:(?:底|末)(?:的?最后一天)?(?!端|尾|层|薪)|(?<=月|份)的?最后(?:一|1)天)", days.end_of_month),
    ("quarter-end", _DAY, "0一今明去本上下这当q第季", rf"(?:(?:{_YEARS})?(?:{_QUARTER})|{_STEP}?季度?|季度?)(?:的)?(?:底|末|最后一天)", _quarter(days.end_of_quarter)),
    ("year-end", _DAY, "0一今明去本年后来前", rf"(?:{_Y4} ?年|{_RY})?年?(?:底|末)(?<=年.)(?!奖|双薪|端|尾|层)", days.end_of_year),
    ("close", _CLOSE, "下收闭放打交", r"(?:下班|收工|闭市|收盘|放学|打烊|闭店|闭馆|交班)(?=之?前|以前|时(?!间))", _empty),
    ("part-of-day", _PART, "上早清中正午下傍晚夜深半凌一", r"(?:上午|早上|早晨|清晨|清早|一早|早(?= ?\d{1,2}[:点时])|午前|中午|正午|午间|下午|午后|晚上|晚间|傍晚|晚(?= ?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[:点时-])|夜里|夜间|深夜|半夜|凌晨)(?!茶|饭|餐|休|觉|安|好|会|班|点心|礼服|宴|市|场)", _empty),
    ("clock", _CLOCK, "0", r"(?P<h>[01]?\d|2[0-4]):(?P<min>[0-5]\d)(?::[0-5]\d(?:\.\d{1,6})?)?(?: ?(?P<half>[ap])(?:m\b|\.m\b\.?))?(?![\d:]|\.\d)", clocks.clock),
    ("clock-incomplete", _CLOCK, "0", r"(?:[01]?\d|2[0-4]):(?=之?前|以前)", clocks.incomplete),
    ("clock-hour", _CLOCK, "0一两零", rf"(?!一时)(?P<h>[01]?\d|2[0-4]|零|[{_CN}两]{{1,3}}) ?(?:点|(?P<t>时))(?:{_CLOCK_TAIL}|(?P<min2>[0-5]\d)(?!\d))", lambda g, c: clocks.clock({**g, "min": g["min"] or g["min2"], "loose": None if g["t"] else "1"}, c)),
    ("clock-hour-bare", _CLOCK, "0一两零", rf"(?P<h>[01]?\d|2[0-4]|零|[{_CN}两]{{1,3}}) ?(?:点|(?P<t>时))(?!\d|{_POINTS}|[{_CN}]{{1,2}}(?:分|刻))", lambda g, c: clocks.clock({**g, "loose": None if g["t"] else "1"}, c), "weak"),
    ("clock-hours", _CLOCKS, "0一两", rf"(?P<h>[01]?\d|2[0-4]|零|[{_CN}两]{{1,3}}){_TO}(?P<h2>[01]?\d|2[0-4]|[{_CN}两]{{1,3}}) ?(?:点|(?P<t>时))(?!\d|{_POINTS})(?:钟)?", lambda g, c: clocks.clock_range({**g, "loose": None if g["t"] else "1"}, c), "weak"),
    ("day-range", _DAYS, "0一", rf"(?:(?:{_Y} ?年)? ?{_M} ?月)? ?{_D} ?[日号]?{_TO}{_D2} ?[日号](?!楼|线|门|桌|机|院|房|仓|车|柜|元|均|内|之内|以内|库|窗|台|会议)", periods.day_range),
    ("week", _PERIOD, "上本这当下次", rf"{_STEP}(?:{_WEEK})(?!期|年|边|围|全|到|一[^、,至到]?次|岁|刊|报(?!告|表|名|送|价|销)|末|知|[一二三四五六日天](?!次))", periods.week),
    ("two-days", _PERIOD, "今明昨", r"(?P<days>今明后三|今明(?:两|二|2)?|明后(?:两|二|2)?|昨今(?:两|二)?)[天日](?!气)", periods.two_days),
    ("weekend", _PERIOD, "上本这当下周", rf"(?:{_STEP})?周(?:末|六(?:、|和|及)?周?日)(?:两天)?(?!愉快|快乐)", periods.weekend),
    ("month-relative", _PERIOD, "上本这当下次", rf"{_RM}(?:份)?(?!报(?!告|表|名|送|价|销)|饼|租|卡|票|刊|经|嫂|供)", periods.month),
    ("month", _PERIOD, "0一今明去本后来前次", rf"(?:(?:{_Y} ?年)(?:度)? ?{_M} ?月(?:份)?|{_RY}(?:度)?的? ?(?P<m2>\d{{1,2}}|[{_CN}]{{1,2}})月(?:份)?)(?!\d|[{_CN}]|饼|嫂)", lambda g, c: periods.month({**g, "m": g["m"] or g["m2"]}, c)),
    ("week-of-month", _PERIOD, "0一本上下", rf"(?:(?:{_YEARS})?{_M} ?月份?|{_RM})的?(?:第(?P<n>[{_CN[:5]}1-5])|(?P<n3>首|最后一))个?周(?!期|年|[{_CN[:6]}日天次])", lambda g, c: periods.week_of_month({**g, "n": g["n"] or g["n3"]}, c)),
    ("month-named", _PERIOD, "0一", rf"{_M} ?月(?:份)?(?!\d|[{_CN}]|报(?!告|表|名|送|价|销)|龄|兔|病(?!例|人|房|假)|半(?!程|期)|天(?!气)|河|饼|球|嫂|薪|刊|历|租|卡|票|子|亮|光|色|台|结|供|息|x)", periods.month),
    ("months", _PERIOD, "0一", rf"(?:{_YEARS})?{_M}月?(?:份)?{_TO}(?P<m2>\d{{1,2}}|[{_CN}]{{1,2}}) ?月(?:份)?(?!\d|[{_CN}]|[上中下]旬|初|底|末)", periods.months),
    ("month-dashed", _PERIOD, "0", r"(?P<y>20\d\d)(?:[-/](?P<m>0[1-9]|1[0-2])|\.(?P<m2>1[0-2]|0?[1-9]))(?![\d/.:年月]|-\w)(?=之?前|以前|底|$|[ ,;。)\n])", lambda g, c: periods.month({**g, "m": g["m"] or g["m2"]}, c), "weak"),
    ("third-of-month", _PERIOD, "0一今明去本上中下这当次月", rf"(?:(?:(?:{_YEARS})? ?{_M} ?月份?|{_RM}|月(?=初|中(?!旬|心|间|秋|国|部|期|的|考)))(?P<third>上|中|下|初|中(?!旬))(?:(?<=初)|旬|(?<=月中)(?!旬|秋|期|国|心|间|标|午))|(?P<third2>[上中下])旬)", lambda g, c: periods.third_of_month({**g, "third": g["third"] or g["third2"]}, c)),
    ("year-start", _PERIOD, "0一今明去本年", rf"(?:{_Y4} ?年|{_RY})?年?初(?<=年.)(?!中|级|步|期|衷|次)", periods.start_of_year),
    ("quarter", _PERIOD, "0一今明去本后q第上下", rf"(?:(?:{_Y4} ?(?:年度?)?|(?:{_RY}|(?P<rel0>本|上|下)一?年(?=度))度?)的? ?-?)?(?:q(?P<q>[1-4])(?:季度)?(?![0-9:]|\.\d|(?<!年q\d)[a-z])|第?(?P<q2>[一二三四1-4]) ?季度(?!假))(?! ?:)", _quarter(periods.quarter_of_year)),
    ("quarter-relative", _PERIOD, "上本这当下", rf"{_STEP}季度?(?!节|报|刊)", periods.quarter),
    ("half", _PERIOD, "0一今明去本后上下", rf"(?:(?:{_Y4} ?(?:年度?)?|{_RY}度?)的?-?)?(?:(?P<h>上|下)半年(?:度)?|(?<=[年\d-])h(?P<h2>[12])(?![a-z0-9]))", lambda g, c: periods.half({**g, "h": g["h"] or g["h2"]}, c)),
    ("half-quarter-first", _PERIOD, "q", rf"q(?P<q>[1-4]) ?{_Y4}(?!\d)", periods.quarter),
    ("year", _PERIOD, "0一今明去本上下后前次来", rf"(?:{_Y4} ?(?:财年|年度|年)|(?:(?P<ry>今|明|去|后|前|次|来)年|(?P<rel>本|上|下)(?:一)?(?:财年|年度|年(?=[内底度])))(?:度)?)(?!级|龄|会|假|终|轻|代|鉴|报(?!告|表|名))", periods.year),
    ("year-month-inside", _PERIOD, "年月周季", rf"(?P<u>年度?|月|周|季度)(?={WITHIN})", periods.current),
    ("week-number", _PERIOD, "0第今明本", r"(?:(?P<y>20\d\d) ?年)?(?:第 ?(?P<n>\d{1,2}) ?周|w(?P<n2>\d{1,2})(?![a-z0-9]))(?!年|岁|次|期)", lambda g, c: periods.week_number({**g, "n": g["n"] or g["n2"]}, c)),
    ("holiday", _PERIOD, "0今明去元春新清五劳端中国十", rf"(?:{_YEARS})?{_HOLIDAY}期间", periods.holiday),
    ("after-holiday", _PERIOD, "0今明去元春新清五劳端中国十", rf"(?:{_YEARS})?{_HOLIDAY}(?:之后|以后|后)(?!的?第|首|续|台|端)", periods.after_holiday),
    ("after-new-year", _PERIOD, "年节", r"(?:(?P<x>年)|节)后(?!的?第|首|续|台|端|面|悔)", lambda g, c: periods.after_holiday({**g, "holiday": "春节"} if g.get("x") else g, c)),
    ("limit", _LENGTH, "0一半两", rf"{_A}{_UNIT_SUFFIXED}(?:的?时间)?(?P<limit>{WITHIN})", _length),
    ("ago", _LENGTH, "0一半两", rf"{_A}{_UNIT}(?P<ago>{BEFORE})", _length),
    ("from-now", _LENGTH, "0一半两", rf"{_A}{_UNIT_SUFFIXED}(?P<after>{_AFTER})", _length),
    ("duration", _LENGTH, "0一半两", rf"{_A}{_UNIT}{_LENGTH_GUARD}", _length),
    ("duration-compound", _LENGTH, "0", rf"(?P<a>\d{{1,3}}) ?(?P<u>年|个月|天|小时|h) ?(?:零|又)?(?P<b>\d{{1,3}}) ?(?P<u2>个月|天|小时|分钟?|min|m)(?:(?P<limit>{WITHIN})|(?P<ago>{BEFORE})|(?P<after>{_AFTER})|(?![a-z期内前后岁]))", lengths.compound),
    ("from-now-past", _LENGTH, "过", rf"(?P<after>过){_A}{_UNIT}(?!后|之后|以后|内|期|[天]?的)", _length),
    ("duration-days", _LENGTH, "0一", rf"{_A}(?P<u>日)(?!\w)", _length, "weak"),
    ("lead", _LENGTH, "提", rf"(?P<lead>提前|提早)(?:至少|最少|不少于|约|了)? ?{_A}{_UNIT_SUFFIXED}(?:以上)?", _length),
    ("lead-event", _LENGTH, "前", rf"(?P<lead>前)(?:至少|最少|不少于|的)? ?{_A}{_UNIT_SUFFIXED}(?:以上|{WITHIN})?", _length, "weak"),
    ("after-meeting", _LENGTH, "会", rf"会(?:议)?后(?:的)? ?{_A}{_UNIT_SUFFIXED}(?P<limit>{WITHIN})", _length),
    ("trading-day", _LENGTH, "t", r"t ?\+ ?(?P<a>\d{1,2})(?: ?(?:个)?(?:工作日|交易日|日|天))?(?:内)?(?!\d|[a-z.])", lengths.trading),
    ("every-weekday", _RECUR, "每逢", rf"(?:每个?逢?|逢){_WEEK}(?P<days>[一二三四五六日天](?:(?:[、,和及与/]|至|到|-|~)?(?:{_WEEK})?[一二三四五六日天])*)(?!次|练|歌|题|测(?!试)|星|般|报(?!名|告|送)|期|刊|更(?!新)|份|封|篇|遍|起)", recurrences.on_weekdays),
    ("alternate-weekday", _RECUR, "隔每双单", rf"(?:(?P<other>隔周|每隔一周|每两周|每双周|双周|单周)的?){_WEEK}(?P<days>[一二三四五六日天])", recurrences.on_weekdays),
    ("every-month-day", _RECUR, "每", rf"每个?(?:自然)?月的? ?{_D} ?[日号]?(?:(?:{_TO}|(?P<list>、|和|及|,)){_D2} ?[日号]?(?P<more>(?:(?:、|和|及|,)\d{{1,2}} ?[日号]?){{0,3}}))?(?<=[日号])", recurrences.month_day),
    ("every-month-workday", _RECUR, "每", rf"每个?(?P<p>月|周|星期|季度)的?(?:第(?P<n>[{_CN}]|\d{{1,2}})|(?P<back>倒数)第(?P<n2>[{_CN}\d])|(?P<n3>首|最后一|最后))个?工作日", lambda g, c: recurrences.workday_of_month({**g, "n": g["n"] or g["n2"] or g["n3"]}, c)),
    ("every-month-weekday", _RECUR, "每", rf"每个?月的?(?:第(?P<n>[{_CN[:5]}1-5])|(?P<n3>首|最后一|最后))个?(?:周的?(?=周|星期|礼拜))?{_WEEK}(?P<w>[一二三四五六日天])", lambda g, c: recurrences.weekday_of_month({**g, "n": g["n"] or g["n3"]}, c)),
    ("every-period-end", _RECUR, "每", r"每个?(?P<u>月|季度|季|年)(?:度)?(?:月|季|年)?(?:底|末)(?!奖)", recurrences.period_end),
    ("every-period-start", _RECUR, "每", r"每个?(?P<u>月|季度|年)(?:月|年)?初", recurrences.every),
    ("every-year-day", _RECUR, "每", rf"每年的?{_M}月{_D}[日号]", recurrences.year_day),
    ("every-year-month", _RECUR, "每", rf"每年的?{_M}月?份?(?P<more>(?:[、,和及与]\d{{1,2}}月?份?){{0,4}})(?<=[月份])(?P<edge>底|末|初)?(?!\d)", recurrences.year_month),
    ("every-quarter-month", _RECUR, "每", rf"每个?季度?的?(?:第(?P<n>[一二三123])个?|(?P<n3>首个?|末|最后一个?))月(?:的)?(?:{_D} ?[日号]|(?P<edge>底|末))?", recurrences.quarter_month),
    ("every-month-third", _RECUR, "每", r"每个?月的?(?P<third>[上中下])旬", recurrences.third_of_month),
    ("so-often", _RECUR, "0一半两", rf"(?P<a>\d{{1,2}}|[{_CN}两半]) ?个?(?P<u>小时|星期|礼拜|季度|天|日|周|月|年)(?:一|1)次", recurrences.every_n),
    ("every-n", _RECUR, "每", rf"每(?P<apart>隔(?=[一1] ?个?[天日周月年星礼]))?隔?(?:至少)?(?P<a>\d{{1,3}}|[{_CN}两]{{1,2}}) ?个?(?P<u>工作日|小时|星期|礼拜|分钟|季度|天|日|周|月|年)(?!一次的)", recurrences.every_n),
    ("every", _RECUR, "每", r"每(?:个|一)?(?P<u>工作日|交易日|季度|星期(?![一二三四五六日天])|礼拜|小时|分钟|半年|半月|周末|晚上|天|日|周|月|季|年度|年|晚|早)(?!优鲜|经济|人均|件|股|吨|刊|均|报)", recurrences.every),
    ("alternate", _RECUR, "隔", r"隔(?P<u>天|日|周|月|年)(?!夜|壁|达(?!成))", recurrences.alternate),
    ("workdays", _RECUR, "工", r"工作日(?:的)?(?= ?(?:每天|上午|下午|早上|晚上|[012]?\d[:点时]))", recurrences.workdays),
    ("placeholder-date", _HOLE, "x×*某__年〇○n0【[({<", r"(?:(?:\d{4}|[x×*_某〇○]{1,8} ?|[ _]{1,8})年 ?)?(?:(?:[x×*某〇○]{1,4}|_{1,8}|n) ?月 ?)(?:(?:[x×*某〇○]{1,4}|_{1,8}|n|\d{1,2}) ?[日号])?(?:[x×*_]{1,4}[时点:](?:[x×*_]{1,4}分?)?)?", _empty),
    ("placeholder-month-day", _HOLE, "0", r"(?:\d{4} ?年 ?)?(?:\d{1,2}|[x×*_]{1,4}) ?月 ?(?:[x×*某〇○]{1,4}|_{1,8}) ?[日号]", _empty),
    ("placeholder-year", _HOLE, "0x×*_〇○某", r"(?:\d{4}|20[x×_]{1,4}|[x×*_某〇○]{1,8}) ?年 ?(?:[x×*某〇○]{1,4}|_{1,8}) ?月(?: ?(?:[x×*某〇○]{1,4}|_{1,8}|\d{1,2}) ?[日号])?", _empty),
    ("placeholder-blank-year", _HOLE, "_", r"_{1,12} ?年 ?_{1,12} ?月(?: ?_{1,12} ?日)?", _empty),
    ("placeholder-blanks", _HOLE, "年0", r"(?:20\d\d|2\d)? ?年[ _]{1,12}月[ _]{1,12}日", _empty),
    ("placeholder-day", _HOLE, "x×", r"[x×]{1,2} ?[日号](?=之?前|以前)", _empty),
    ("placeholder-iso", _HOLE, "y", r"yyyy(?:[-/.年]mm(?:[-/.月]dd日?)?|mm(?:dd)?)(?:[t ]hh:mm(?::ss)?)?", _empty),
    ("placeholder-clock", _HOLE, "x×h_*", r"(?:xx|××|hh|__|\*\*):(?:xx|××|mm|__|\*\*)(?::ss)?", _empty),
    ("placeholder-length", _HOLE, "nx×_某", r"(?:n|x{1,2}|×{1,2}|_{1,6}|某) ?(?:个工作日|个自然日|个?小时|天|日|个月|周|分钟)(?:之内|以内|内|前|后)?", _empty),
    ("placeholder-bracket", _HOLE, "【[({<", r"(?:【|\[|\(|\{|<)(?:(?:请?(?:填写|填入|插入|选择|待填|待补)(?:具体)?|具体)(?:截止|完成|提交|会议|填写)?的?(?:日期|时间|年月日)(?:待定)?(?:】|\]|\)|\}|>)|(?:截止|完成|提交|会议|填写)?的?(?:日期|时间|年月日)(?:待定(?:】|\]|\)|\}|>)|(?:】|\]|\)|\}|>)(?= ?(?:之?前|以前|之?内|[,。;、)]|$))))", _empty),
    ("placeholder-pending", _HOLE, "待", r"待定", _empty),
)

_LENGTHS = ("limit", "ago", "from-now", "duration")
_COUNTED = rf"(?:{_AMOUNT})(?: ?\(\d{{1,4}}\))?(?:(?:{_TO}|或)(?:\d{{1,4}}|[{_CN}两]{{1,3}}))? ?(?=[个整工交自日小钟分刻秒星礼天周年半多hm])"

# Without 立即, 及时, 马上: those are prompt, not vague; a rule that forbids them lists them as phrases.
_VAGUE_WORDS = (
    r"尽快", r"尽早", r"尽速", r"近期", r"近日(?!点)", r"稍后", r"稍晚(?!些)", r"(?:稍)?晚些时候", r"晚点(?!率|名|\d|到(?!时))", r"过(?:几|两|些)(?:天|日)", r"改(?:天|日)(?!换)", r"回头(?!客|率|看|路|见)", r"(?:[有得]空(?=的|时|再|了|看|帮|回|处理|联系|麻烦)|方便(?=的?时))(?:的?时候|时(?!间)|的话)?",
    r"第一时间(?!段|点|轴|线|表)", r"早日(?!康复)", r"择(?:日|期|机)", r"过(?:一?段时间|一?阵子?|段日子)", r"[这近](?:两|几)(?:天|日)", r"不日(?!常)", r"有时间(?:的时候|的话|时)",
)


def _firsts(pattern: str) -> str:
    if pattern.startswith("(?:稍)?晚"):
        return "稍晚"
    if pattern.startswith("(?:[有得]空"):
        return "有得方"
    return "这近" if pattern.startswith("[") else pattern[0]


CHINESE = (
    *(Shape(row[0], row[1], row[2], row[3], row[4], weak=len(row) > 5, gate=_COUNTED if row[0] in _LENGTHS else "") for row in _ROWS),  # type: ignore[arg-type]  # rows are checked by tests
    *(Shape("vague", _VAGUE, _firsts(word), word, _empty) for word in _VAGUE_WORDS),
)
