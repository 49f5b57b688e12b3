"""Exit codes: one table, the same for every command and output format."""

from __future__ import annotations

TYPE_CHECKING = False  # as in commlint.cli

if TYPE_CHECKING:
    from commlint.model.finding import Report, Severity

CLEAN, FINDINGS, ERROR, INCOMPLETE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 101, 130

CODES = {
    CLEAN: ("nothing found at or above the fail level", "没有达到失败级别的发现"),
    FINDINGS: ("findings at or above the fail level", "有达到失败级别的发现"),
    ERROR: ("wrong usage, or an error in a configuration, plugin or rule", "用法有误\uff0c或配置、插件、规则有错误"),
    INCOMPLETE: ("some input could not be read, or some results are undetermined and not allowed to be", "有输入无法读取\uff0c或有未被允许的无法判定结果"),
    INTERNAL: ("commlint itself failed", "commlint 自身出错"),
    INTERRUPTED: ("interrupted from the keyboard", "被键盘中断"),
}


def verdict(code: int, report: Report, lang: str) -> str:
    """Why a run that found too little to complain of does not end with 0, and the way out; empty when it speaks for itself."""
    if code == ERROR:
        zh, en = "退出码 2: 有规则、插件或配置出错\uff0c见上面的 failure", "exit code 2: a rule, plugin or configuration failed, see above"
    elif code == INCOMPLETE and report.failures:
        zh, en = f"退出码 3: {len(report.failures)} 处未能读取\uff0c见上面的 failure", f"exit code 3: {len(report.failures)} could not be read, see above"
    elif code == INCOMPLETE:
        zh = f"退出码 3: {len(report.undetermined)} 项无法判定。请按上面的办法补足信息\uff0c或用 --allow-undetermined\uff08配置 allow-undetermined = true\uff09允许"
        en = f"exit code 3: {len(report.undetermined)} undetermined. Give what is missing, or allow it with --allow-undetermined (allow-undetermined = true in the configuration)"
    else:
        return ""
    return zh if lang == "zh" else en


def code_of(report: Report, *, fail_level: Severity, allow_undetermined: bool) -> int:
    """The exit code for `report`. An interruption weighs most; then what is wrong with rules and plugins, then findings, then gaps."""
    if any(failure.slug == "interrupted" for failure in report.failures):
        return INTERRUPTED
    if any(failure.stage in ("rule", "plugin", "config") for failure in report.failures):
        return ERROR
    if any(finding.suppressed is None and finding.severity.at_least(fail_level) for finding in report.findings):
        return FINDINGS
    if report.failures or (report.undetermined and not allow_undetermined):
        return INCOMPLETE
    return CLEAN
