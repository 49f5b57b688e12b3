"""The configuration beside the samples: who we are, who works here, how far the archive reaches."""

from __future__ import annotations

CONFIGURATION = """\
# The configuration of the sample records. All people and companies are invented.
profile = ["toolkit"]
zone = "Asia/Shanghai"
exclude = ["README.md"]

[organisation]
domains = ["example.cn"]
names = ["示例科技", "示例科技有限公司", "Example Technology"]
client-domains = ["client-a.example.com", "client-b.example.org"]
client-names = ["甲方制造"]

[coverage]
start = 2026-03-01T00:00:00+08:00
end = 2026-06-30T23:59:59+08:00

[roster]
departments = ["市场部", "销售部", "产品部", "技术部", "财务部", "生产部", "设计部", "运维部", "客服部"]

"""

_PEOPLE = (
    ("高若谷", "高*总", "", "总经理", "", "gao.ruogu@example.cn"),
    ("林晓岚", "林*经理", "市场部", "经理", "高若谷", "lin.xiaolan@example.cn"),
    ("周子衡", "周*专员", "市场部", "专员", "林晓岚", "zhou.ziheng@example.cn"),
    ("沈一鸣", "沈*主管", "产品部", "主管", "高若谷", "shen.yiming@example.cn"),
    ("顾北辰", "顾*经理", "技术部", "经理", "高若谷", "gu.beichen@example.cn"),
    ("何静宜", "何*主管", "财务部", "主管", "高若谷", "he.jingyi@example.cn"),
    ("陆远舟", "陆*经理", "销售部", "经理", "高若谷", "lu.yuanzhou@example.cn"),
    ("唐可欣", "唐*设计师", "设计部", "设计师", "沈一鸣", "tang.kexin@example.cn"),
    ("江宁", "江*主管", "客服部", "主管", "高若谷", "jiang.ning@example.cn"),
)


def configuration() -> bytes:
    """The text of commlint.toml."""
    return (CONFIGURATION + "\n".join(map(_person, _PEOPLE))).encode()


def _person(row: tuple[str, ...]) -> str:
    name, masked, department, title, superior, address = row
    flags = "management = true\n" if title == "总经理" else "head = true\n" if title in ("经理", "主管") else ""
    return (
        f'[[roster.people]]\nname = "{name}"\nmasked = ["{masked}"]\ndepartment = "{department}"\ntitle = "{title}"\n'
        f'superior = "{superior}"\n{flags}addresses = ["{address}"]\n'
    )
