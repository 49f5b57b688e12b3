"""Which last lines of a mail sign it, and which are the lawyers'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_C = r"[:\uff1a]"
_DASHES = re.compile(r"-- ?$")
_DEVICE = re.compile(
    r"[ \t\u3000]*(?:发自我?的?|發自我的|从我的[^\n]{1,20}发送|從我的[^\n]{1,20}傳送|通过我的|sent from|sent via|sent with|来自 ?(?:Outlook|邮件|我的|iPhone|手机)|获取 ?(?:适用于)?[^\n]{0,20}outlook|get outlook for|使用[^\n]{1,20}(?:发送|寄出)|傳送自|寄自)",
    re.IGNORECASE,
)
_BAR = re.compile(r"[ \t]*(?:[-_=\u2014\u2500\u2501*~\uff5e.\u00b7+#]{3,80}|(?:[-\u2014*=~] ?){4,40})[ \t]*$")
_CLOSING = re.compile(
    r"[ \t\u3000]*(?:此致|敬礼|敬禮|祝[你您]?好|顺祝|順祝|順頌|顺颂|此祝|即颂|敬颂|敬請|敬请|謹致|谨致|谨启|商祺|商安|台安|台祺|時祺|时祺|大安|夏安|冬安|秋安|春安|春祺|秋祺|冬祺|夏祺|工作顺利|(?:顺颂|順頌|即颂|即頌|敬颂|敬頌|此颂|此頌|并颂|並頌|专此|專此|专颂)[ \t\u3000]?[^\n\u3002]{0,8}|"
    r"(?:预?祝|預祝|敬祝|恭祝|谨祝|謹祝|順祝|顺祝)[^\n\u3002]{0,24}|(?:非常|十分|万分|再次)?(?:感谢|感謝|谢谢|謝謝|多谢|有劳|辛苦)[^\n\u3002,\uff0c]{0,12}|以上|特此(?:函告|通知|说明|函复|函達|报告|致函|告知|证明)|盼复|候复|妥否[,\uff0c]?请批示|敬上|敬启"
    r"|(?:with )?(?:best|kind|warm|warmest|kindest|many)?[ \t]*(?:regards|wishes)|all the best|best|(?:yours )?sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|yours|respectfully(?: yours)?|cheers|many thanks|thanks(?: (?:again|in advance|a lot|so much|and (?:best |kind )?regards|& (?:best )?regards))?|thank you(?: (?:very much|so much|again|in advance))?|br|b\.?rgds|(?:tks|thks|thx|tnx)?(?: ?(?:&|and) ?)?(?:b\.? ?)?rgds|tks|thks|thx|mvh|mit freundlichen gr\u00fc\u00dfen|cordialement|saludos|take care|talk soon|cordially|with appreciation)"
    r"[ \t]*[!\uff01,\uff0c.\u3002~\uff5e]{0,3}[ \t]*$",
    re.IGNORECASE,
)
_WISH = re.compile(r"[ \t\u3000]*(?:祝|恭祝|敬祝|谨祝|顺祝|顺颂|順頌|此致|即颂|敬颂|此颂|并颂|敬请|敬請|順祝|预祝)[ \t\u3000]*$")
_DETAIL = re.compile(
    rf"(?:电\s?话|手\s?机|座机|固话|电子邮[箱件]|邮\s?箱|联系方式|微\s?信|分机|内线|传\s?真|地\s?址|網址|网\s?址|電話|手機|行動|傳真|信箱|工号|公众号|公眾號|\bQQ|抖音|服务热线|热线|官网|\b(?:lark|feishu|slack|skype|line|ddi|gsm|pager|hp|tel|phone|mobile|mob|cell|e-?mail|fax|add(?:ress)?|web|website|wechat|whatsapp|ext)\b|(?<![a-z])[tmefwpoa])(?: ?ID)?[ \t.]{{0,3}}(?:[(\uff08][^\n()\uff08\uff09]{{1,12}}[)\uff09])?[ \t/]{{0,2}}{_C}"
    r"|(?<!\d)\+?\d[\d -]{6,18}\d(?!\d)|[\w.+-]{1,64}@[\w-]{1,60}\.|\bwww\.|https?://|有限公司|有限责任公司|集团|股份公司|\b(?:co\.,? ?ltd|ltd|inc|corp|gmbh|llc|plc|limited|pte)\b|\b(?:phone|tel|mobile|mob|cell|ddi|gsm)\.? ?\+?\d|工号 ?\d|\u260e|\u2709|\u2706|\U0001f4de|\U0001f4e7|\U0001f4f1",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?:经理|經理|总监|總監|主管|专员|專員|工程师|工程師|助理|负责人|負責人|主任|会计|會計|秘书|顾问|院长|校长|部长|科长|处长|组长|店长|站长|教师|老师|护士长|医师|律师|设计师|分析师|调度|代表|书记|总裁|董事长|总经理|课长|課長|"
    r"manager|director|engineer|officer|assistant|department|specialist|executive|coordinator|supervisor|analyst|designer|consultant|president|head of [a-z ]{2,30}|lead|team|handler|partner|teacher|editor|planner|clerk|translator|accountant|secretary|representative|buyer|developer)[ \t)\uff09]*$"
    r"|^(?:the )?team (?:at|of)\b|^the [a-z &]{2,30} team\b|^[ \t\u3000]*(?:asst|manager|director|head|senior|chief|vice|deputy|assistant|general|sales|account|project|product|hr)\b[^\n.!?]{0,40}$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[ \t\u3000]*[^\x00-\x7f\u3002\uff0c\uff1a\uff1b\uff1f\uff01]{1,24}?(?:部|部门|中心|办公室|办公厅|委员会|管委会|事业部|处|科|室|组|办|课|局|厅|院|学校|大学|中学|小学|医院|银行|公司|集团|支行|分行|协会|工会|党委|支部|团委|车间|团队|项目部|法院|所|站|队|社|厂|店|馆|教务处|居委会|街道办|业委会|编辑部)(?:[(\uff08][^()\uff08\uff09\n]{1,10}[)\uff09])?[ \t\u3000]*$"
)
_DAY = re.compile(
    r"(?:[^\w\n]{0,4}|日期[:\uff1a][ \t]*)(?:\d{4}[ \t]?[-年/.][ \t]?\d{1,2}[ \t]?[-月/.][ \t]?\d{1,2}[ \t]?日?(?:[ \t]{0,2}[(\uff08]?(?:星期|周).[)\uff09]?)?(?:[ \t]\d{1,2}[:\uff1a]\d{2})?(?:[ \t]?于[\u3400-\u9fff]{2,8})?|\d{4}年\d{1,2}月|\d{1,2}月\d{1,2}日|\d{1,2}[./]\d{1,2}|[二一][\u3007\u25cbOo零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
    r"|(?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? (?:\d{1,2}, )?\d{4})[ \t]*$",
    re.IGNORECASE,
)
_LATIN_NAME = re.compile(r"[ \t]*(?:[A-Z][A-Za-z'\u2019-]{1,14}|[A-Z]\.)(?: (?:[A-Z][A-Za-z'\u2019-]{1,14}|[A-Z]\.)){1,2}(?: [\u3400-\u9fff]{2,4})?[ \t]*$")
_LATIN_WORD = re.compile(r"[ \t]*[A-Z][a-z]{1,11}[ \t]*$")
_NO_NAMES = frozenset(("ok", "okay", "yes", "no", "done", "fyi", "thanks", "none", "end", "noted", "sure", "confirmed", "approved", "agreed", "received", "hi", "hello", "please", "best", "regards"))
_NICK = re.compile(r"老师|老師|总|工|姐|哥|叔|姨|经理|主任|同学|医生")
_MARKER = re.compile(r"[ \t]*(?:\[[^\[\]\n]{1,60}\]|<[^<>\n]{1,80}>|\u3010[^\u3010\u3011\n]{1,20}\u3011)[ \t]*$")
_ADDED = re.compile(r"[ \t\u3000]*(?:p\.?s\.?\b|又及|又[:\uff1a,\uff0c]|附[:\uff1a]|附件(?:[(\uff08\d:\uff1a]|清单|列表|[ \t]*$)|另[:\uff1a,\uff0c]|抄[送报][:\uff1a]|主送[:\uff1a]|cc[:\uff1a]|attachments?[:\uff1a(]|encl(?:osures?)?[.:\uff1a])", re.IGNORECASE)
_TO_ASK = re.compile(r"[ \t\u3000]*(?:联系人|對接人|对接人|咨询|联络人|接口人|如有|有(?:任何)?问题|疑问|contact(?: person)?\b|附件|附[:\uff1a]|ps\b|p\.s\.|注[:\uff1a]|备注|\u203b|\*注)", re.IGNORECASE)
_ITEM = re.compile(r"[ \t\u3000]*(?:[-*\u2022\u25cf\u25aa] |\d{1,3}[.、)\uff09](?!\d)|[(\uff08]\d{1,2}[)\uff09]|[一二三四五六七八九十]{1,3}[、.]|[\u2460-\u2473]|[|>])")
_DASHED = re.compile(r"(?:-|\u2014|\u2013|~|/|\u2014\u2014){1,2} ?(?:[A-Z][A-Za-z.]{0,14}(?: [A-Z][A-Za-z.]{0,14}){0,2}|[\u3400-\u9fff]{2,4})$")
_ENDS = ("\u3002", "\uff1f", "?", ";", "\uff1b", "\uff01", "!", "~", "\uff5e", ":", "\uff1a", "\u2026", "\uff0c")
_ASKS = re.compile(r"请|請|提交|完成|麻烦|务必|拜托|烦请|收悉|please\b|[\uff0c,][^\uff0c,]{8,}[\uff0c,]", re.IGNORECASE)
_ENGLISH_SENTENCE = re.compile(r"\b(?:i|we|you|is|are|was|were|will|would|can|could|have|has|please|let|attached|see|the|this|that|it)\b", re.IGNORECASE)
_DISCLAIMER = re.compile(
    r"[^\w\u3400-\u9fff\n]{0,8}(?:[^\s\u3002\uff0c]{0,8}(?:提示|声明|聲明|须知|通知)[:\uff1a]|(?:本|此|该|這|这|以上)(?:封|份)?(?:电子|電子)?(?:[邮郵]件|信件|信息|讯息|電郵)|免责|免責|保密(?:声明|提示|通知|须知|提醒|条款)|保密[:\uff1a]|声明[:\uff1a]|聲明|法律声明|重要(?:提示|声明|通知)|机密[:\uff1a ]|機密|环保提示|請考慮|請珍惜|请考虑环保|打印前|列印|【保密|"
    r"外部邮件|此为外部|caution\b|warning\b|external\b|th(?:is|e)(?: is an)? (?:automated |automatic |system[- ]generated )?(?:e-?mail|message|communication|transmission)|please do not reply|the (?:information|contents?) (?:contained |transmitted )?(?:in|of|is|herein)|confidential(?:ity)?\b|privileged|disclaimer|notice\b|important(?: notice)?[:\uff1a]|please consider the environment|think before|if you (?:are not|have received)|unless (?:otherwise )?(?:stated|expressly))",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"自动发送|自动生成|自動發送|直接回复|直接回覆|内幕|未公开|views? expressed|automated|automatically|not monitored|do not reply|请勿回复|勿回复|退订|unsubscribe|print|打印|用纸|scanned|registered|要约|要约|要約|不作为|保密|机密|機密|仅限|僅限|仅供|僅供|未经授权|未經授權|未经(?:许可|书面|同意|本)|误收|誤收|误发|收件人|特定|专有|法律责任|不构成|不代表|来自(?:公司)?外部|环境|环保|环境保护|紙張|纸张|病毒|免责|不承担|confidential|privileged|intended|unauthori[sz]ed|recipient|environment|virus|liab|outside (?:of )?(?:the|our|your) |originated (?:from )?outside|not (?:constitute|represent)|do not click",
    re.IGNORECASE,
)
# What a line of _DISCLAIMER can begin with; looked at before the pattern is tried. Other first words stand before a colon.
_OPENERS = frozenset("本此该這这以免保声聲法重机機环環请請打列外系自節节绿为為地如若内提温安严敬隐版谨秘商TtCcWwEePpDdNnIiUuAaYySsRr *_#>\u3010[(\uff08-=\u2014\u2605\u25cf\u26a0\U0001f333\U0001f331\u203b\U0001f512\u24d8\u270b")
_RARE_OPENERS = frozenset("提温安严敬隐版谨秘商内重请請以如为為自打地Ss")
_TELLS_RARELY = re.compile(r"提示|声明|聲明|须知|通知[:\uff1a]|邮件|郵件|信息|阁下|您不|您误|环境|环保|珍惜|考虑|打印|自动|保密|版权|scanned|secure|save", re.IGNORECASE)
_LEGAL_ALONE = re.compile(r"误收|誤收|保密义务|保密信息|机密信息|指定收件人|特定收件人|收件人使用|未经授权|未经许可|法律责任|请勿(?:直接)?回复|自动(?:发送|发出|生成)|intended recipient|unauthori[sz]ed|confidential|privileged|liability|virus(?:es)?|in error|delete (?:it|this)|automatically generated|do not reply", re.IGNORECASE)
_SURNAMES = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董袁潘于余蒋蔣蔡杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯温康施文牛樊葛邢安齐齊易乔喬伍庞庞颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单裴霍涂成苗谷盛曲翁冉骆駱蓝藍路游辛靳管柴蒙鲍華华喻祁蒲房滕屈饶解牟艾尤阳時时穆农司卓古吉缪简车项連连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
_HAN_NAME = re.compile(rf"[ \t\u3000]*(?:(?:欧阳|歐陽|上官|司马|司馬|诸葛|諸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|夏侯|长孙|宇文|[{_SURNAMES}])[\u3400-\u9fff]{{1,2}}|[小老阿][\u3400-\u9fff])[ \t\u3000]*$")
_NO_HAN_NAME = re.compile(r"[ \t\u3000]*(?:谢谢|謝謝|周知|万分|安好|安康|祝[好安福贺您你]|商祺|时祺|辛苦|高兴|方便|成功|同意|和好|关于|相关|明天|明[日早晚]|时间|全部|全体|小结|小心|老板|老师|老规矩|阿门|小计|老样子|小事|连接|应该|单位|来电|支持|平安|初稿|原件|云盘|包邮|易碎|管理|解决|国庆|元旦|端午|海报|都行|都好|以上|如下|何时|任务|完毕|文件|方案|项目|计划|成品|余款|车辆|查收|简历|宣传|智能|信息|展会|居家)")
_LINES = 12
_WIDTH = 60
_LABEL_LINE = 90


def signature(words: Sequence[str], lines: Sequence[int], sender: str) -> list[int]:
    """Those of `lines`, the last own ones, that sign: behind "-- ", a closing or a bar, or by what they say; and lines of a device.

    What is added below a signature (PS, list of attachments) stays with the author's words.
    """
    end = _without_added(words, lines, _filled_end(words, lines, len(lines)))
    device = end
    while device and end - device < _LINES and (not words[lines[device - 1]].strip() or _MARKER.match(words[lines[device - 1]]) or _DEVICE.match(words[lines[device - 1]])):
        device -= 1
    names = _names(sender)
    signed = _filled_end(words, lines, device)
    found = [place for place in (_under_the_name(words, lines[:signed], names), _begun(words, lines[:signed], names)) if place is not None]
    begun = min(found, default=None)
    if begun is None:
        begun = _above_a_motto(words, lines[:signed], names)
    if begun is None and end < _filled_end(words, lines, len(lines)) and device == end:
        return []
    return list(lines[begun if begun is not None else device : end])


def _without_added(words: Sequence[str], lines: Sequence[int], end: int) -> int:
    """How many of the first `end` lines stand above a last paragraph that only adds something."""
    for _ in range(2):
        start = end
        while start and words[lines[start - 1]].strip():
            start -= 1
        if start == 0 or not _ADDED.match(words[lines[start]]):
            break
        end = _filled_end(words, lines, start)
    return end


def _under_the_name(words: Sequence[str], lines: Sequence[int], names: tuple[str, ...]) -> int | None:
    """Where the last paragraph begins, if its first line is the sender's name: whatever stands below it belongs to it."""
    end = place = len(lines)
    while place and end - place < _LINES and words[lines[place - 1]].strip() and not _CLOSING.match(words[lines[place - 1]]):
        place -= 1
    first = words[lines[place]].strip() if place < end else ""
    if not (place > 0 and 1 < end - place < _LINES) or first.endswith(_ENDS) or len(first) > 30 or _TO_ASK.match(first) or not _says_name(first, names):
        return None
    above = words[lines[place - 1]]
    plain = all(len(words[lines[number]]) <= _LABEL_LINE for number in range(place, end))
    return place if plain and (not above.strip() or _CLOSING.match(above)) and not re.search(r"[\uff0c,\u3002]", first[: len(first) // 2 + 1]) else None


def _above_a_motto(words: Sequence[str], lines: Sequence[int], names: tuple[str, ...]) -> int | None:
    """Where a signature begins that a sentence ends: 质量第一,客户至上。 or working hours, right below name and company."""
    for count in (1, 2):
        end = len(lines) - count
        if end < 2 or not words[lines[end]].strip() or len(words[lines[end]]) > _LABEL_LINE:
            return None
        if words[lines[end - 1]].strip() and not _stops(words[lines[end - 1]]):
            begun = _begun(words, lines[:end], names)
            block = [words[number] for number in lines[begun:end]] if begun is not None else []
            told = sum(_telling(line, names) for line in block if line.strip())
            named = any(_says_name(line, names) for line in block)
            return begun if len(block) > 1 and (named or (told > 1 and any(map(_ORGANISED.search, block)))) else None
    return None


def _filled_end(words: Sequence[str], lines: Sequence[int], end: int) -> int:
    """How many of the first `end` lines there are up to the last that is not empty."""
    while end and not words[lines[end - 1]].strip():
        end -= 1
    return end


@lru_cache(maxsize=64)
def _names(sender: str) -> tuple[str, ...]:
    """What the sender may sign as: the display name, its parts, without a department in brackets."""
    bare = re.sub(r"[(\uff08\[\u3010][^()\uff08\uff09\[\]\u3010\u3011]{0,30}[)\uff09\]\u3011]", " ", sender).strip(" \"'")
    pieces = [bare, *re.split(r"[\s/|_,.-]+", bare)] if bare else []
    return tuple(dict.fromkeys(piece.lower() for piece in pieces if len(piece) > 1))


def _begun(words: Sequence[str], lines: Sequence[int], names: tuple[str, ...]) -> int | None:
    """The place in `lines` where the signature begins, None when there is none."""
    first = max(0, len(lines) - 2 * _LINES)
    dashes = next((place for place in range(len(lines) - 1, first - 1, -1) if _DASHES.match(words[lines[place]])), None)
    if dashes is not None:
        return dashes
    begun = None
    end = len(lines)
    while end > first:
        start = _block(words, lines, end, first, names)
        closed = _closed(words, lines, start)
        block = [words[lines[place]] for place in range(start, end)]
        glued = start > 0 and bool(words[lines[start - 1]].strip())
        if not block or start == 0 or not (_may_sign(block) if closed else _signs(block, names, further=begun is not None, glued=glued)):
            break
        begun = start + _odd_closing(block, names)
        if closed or begun > start:
            break
        end = _filled_end(words, lines, start)
        if end == start:  # a sentence stands right above
            break
    return _with_bar(words, lines, begun)


def _block(words: Sequence[str], lines: Sequence[int], end: int, first: int, names: tuple[str, ...]) -> int:
    """Where the paragraph that ends at `end` begins, or the lines of it behind its last sentence or closing."""
    start = end
    while start > first and (line := words[lines[start - 1]]).strip():
        if start > first + 1 and _WISH.match(words[lines[start - 2]]) and not _says_name(line, names):  # 此致 above 敬礼
            break
        if _stops(line):
            break
        start -= 1
    return start


def _odd_closing(block: Sequence[str], names: tuple[str, ...]) -> int:
    """1 when a closing that nobody listed stands above the name: a short line that says nothing of a person."""
    if len(block) < 2 or _telling(block[0], names) or not _says_name(block[1], names):
        return 0
    return int(len(block[0].strip()) <= 24)


def _stops(line: str) -> bool:
    """Whether a line is no line of a signature: a sentence, a closing, an item of a list."""
    if _CLOSING.match(line):
        return True
    written = line.strip()
    if _DASHED.match(written):
        return False
    if len(written) > _LABEL_LINE or _ITEM.match(line) or _TO_ASK.match(line):
        return not _BAR.match(line)
    if written.endswith(_ENDS):
        return not (written.endswith((":", "\uff1a")) and _details(written)) and not _BAR.match(line)
    detailed = _details(written)
    if len(written) > _WIDTH and not detailed:
        return True
    if detailed:
        return bool(re.search(r"请|請|麻烦|务必|烦请|please\b", written, re.IGNORECASE)) and not re.match(r"[^\n]{0,8}[:\uff1a]", written)
    if _ASKS.search(written):
        return True
    return len(written) > 12 and ("\u3002" in written or (written.count("\uff0c") + written.count(",") > 1 and not _ROLE.search(written)) or (written.isascii() and len(_ENGLISH_SENTENCE.findall(written)) > 1))


def _details(line: str) -> bool:
    """Whether a line has a way to reach somebody or a company in it; looked for where a mark of one is."""
    if not (":" in line or "\uff1a" in line or "@" in line or "公司" in line or "集团" in line or line.isascii() or any(map(str.isdecimal, line)) or "\u260e" in line or "\u2709" in line or "\u2706" in line or "\U0001f4de" in line):
        return False
    return _DETAIL.search(line) is not None


def _closed(words: Sequence[str], lines: Sequence[int], start: int) -> bool:
    """Whether the last filled line before `start` closes the letter."""
    above = _filled_end(words, lines, start)
    if not above:
        return False
    return bool(_CLOSING.match(words[lines[above - 1]])) or (above > 1 and bool(_WISH.match(words[lines[above - 2]])))


def _may_sign(block: Sequence[str]) -> bool:
    """Behind a closing: few lines, none long."""
    return 0 < len(block) <= _LINES and all(len(line.strip()) <= _LABEL_LINE for line in block)


def _signs(block: Sequence[str], names: tuple[str, ...], *, further: bool, glued: bool) -> bool:
    """Whether lines read like a signature by what they say: who, of what unit, how to reach, when.

    `further`: a signature stands below; `glued`: a sentence right above.
    """
    if not 0 < len(block) <= _LINES:
        return False
    if any(_says_name(line, names) for line in block):
        return True
    telling = sum(_telling(line, names) for line in block)
    if further:
        return telling == len(block) and not all(map(_BAR.match, block))
    if glued and not any(_ORGANISED.search(line) or _LATIN_NAME.match(line) for line in block):
        return False
    alone = len(block) == 1 and not glued and ((bool(_LATIN_WORD.match(block[0])) and block[0].strip().lower() not in _NO_NAMES) or _is_han_name(block[0]))
    return alone or (telling * 2 >= len(block) and telling > 0)


_UNIT_AND_NAME = re.compile(rf"[ \t\u3000]*[^\x00-\x7f\u3002\uff0c\uff1a\uff1b]{{2,16}}(?:部|中心|科|处|室|组|办|院|公司|所|局|队|站|店|厂|会)[ \t\u3000|\uff5c/\u00b7-]{{0,3}}(?:(?:[{_SURNAMES}])[\u3400-\u9fff]{{1,2}}|[小老阿][\u3400-\u9fff]|[{_SURNAMES}](?:老师|工|经理|主任|总))[ \t\u3000]*(?:敬上|谨启|上|启|宣)?$")
_ORGANISED = re.compile(r"公司|集团|(?:部|中心|科|处|室)[ \t]*$|(?:部|中心|科|处|室)[ \t|/]|\b(?:ltd|inc|corp|llc|gmbh|department|dept)\b", re.IGNORECASE)


def _is_han_name(line: str) -> bool:
    return _HAN_NAME.match(line) is not None and _NO_HAN_NAME.match(line) is None


def _telling(line: str, names: tuple[str, ...]) -> bool:
    return bool(_says_name(line, names) or _details(line) or _ROLE.search(line) or _DAY.match(line) or _UNIT.match(line.replace(" ", "")) or _BAR.match(line) or _LATIN_NAME.match(line) or _is_han_name(line) or _UNIT_AND_NAME.match(line))


def _says_name(line: str, names: tuple[str, ...]) -> bool:
    """Whether a line has the sender's name, a part of it, or what colleagues call somebody of that name."""
    if not names or len(line) > 60:
        return False
    written = line.strip(" \t\u3000-_=*~\u2014\u2500\u2501|\uff5c").lower()
    if any(name in written for name in names):
        return len(written) <= 40
    if len(written) > 16:
        return False
    called = re.search(r"[小老阿]([^\x00-\xff])$", written)
    if called is not None and called[1] in names[0]:
        return len(written) <= 16
    if len(written) <= 3 and written.isascii() and written[:1] == names[0][:1] and written.strip(".").isalpha() and len(written.strip(".")) == 1:
        return True  # Z.
    word = re.match(r"[^\x00-\xff]{1,4}(?![^\x00-\xff])", re.sub(r"[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f]", "", written))
    if word is None or len(written) > 6:
        return False
    own = names[0]
    if len(written) <= 16 and any(2 <= len(token) <= 3 and token[0] == own[0] and not token.isascii() for token in re.split(r"[ \t\u3000|/]+", written)[1:3]):
        return True  # 财务 逄玉兰, of 逄会计
    nick = word[0].strip()
    return nick in own or (nick[0] == own[0] and (len(nick) <= 3 and (len(nick) == 2 or _NICK.search(nick) is not None))) or (nick[0] in "小老阿" and nick[1:2] in own and len(nick) > 1)


def _with_bar(words: Sequence[str], lines: Sequence[int], begun: int | None) -> int | None:
    """With the bar that stands above it."""
    if begun is None:
        return None
    above = _filled_end(words, lines, begun)
    return above - 1 if above > 1 and _BAR.match(words[lines[above - 1]]) else begun


def disclaimers(words: Sequence[str], own: Sequence[int], last: Sequence[int]) -> list[int]:
    """The lines of the lawyers: a banner above everything, and what stands below the signature."""
    return [*_banner(words, own), *_below(words, last)]


def _banner(words: Sequence[str], own: Sequence[int]) -> list[int]:
    """A first paragraph that warns of a mail from outside."""
    first = next((place for place, number in enumerate(own) if words[number].strip()), None)
    if first is None or not any(word in words[own[first]].lower() for word in ("外部", "outside", "external")) or not _DISCLAIMER.match(words[own[first]]):
        return []
    end = first
    while end < len(own) and words[own[end]].strip():
        end += 1
    return list(own[first:end]) if end - first <= 4 and end < len(own) else []


def _below(words: Sequence[str], lines: Sequence[int]) -> list[int]:
    for place, number in enumerate(lines):
        line = words[number]
        if place and line[:1] in _OPENERS and (line[:1] not in _RARE_OPENERS or _TELLS_RARELY.search(line, 0, 24)) and _disclaims(words, lines, place) and _begins_paragraph(words, lines, place):
            return _from(words, lines, place)
    place = _last_paragraph(words, lines)
    line = words[lines[place]] if place else ""
    if len(line) > 20 and len({match[0].lower() for match in _LEGAL_ALONE.finditer(line)}) > 1:
        return _from(words, lines, place)
    return []


def _from(words: Sequence[str], lines: Sequence[int], place: int) -> list[int]:
    """The filled lines from a place on, with a bar above."""
    return [n for n in lines[place - 1 if _BAR.match(words[lines[place - 1]]) else place :] if words[n].strip()]


def _last_paragraph(words: Sequence[str], lines: Sequence[int]) -> int:
    place = _filled_end(words, lines, len(lines))
    while place and words[lines[place - 1]].strip():
        place -= 1
    return place


def _disclaims(words: Sequence[str], lines: Sequence[int], place: int) -> bool:
    """Whether the lawyers' lines begin here: by how they open, and a word of theirs near."""
    return _DISCLAIMER.match(words[lines[place]]) is not None and any(_LEGAL.search(words[near]) for near in lines[place : place + 3])


def _begins_paragraph(words: Sequence[str], lines: Sequence[int], place: int) -> bool:
    before = words[lines[place - 1]]
    return not before.strip() or bool(_BAR.match(before)) or bool(_DASHES.match(before)) or _details(before)
