"""Configuration files: what they may say, what they mean, and how they are told off."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from commlint.config import Config, load
from commlint.config.files import closest, settings
from commlint.config.keys import KEYS
from commlint.config.values import TYPES
from commlint.errors import ConfigError
from commlint.model.finding import Severity
from commlint.model.record import Kind


def _written(folder: Path, text: str, name: str = "commlint.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def _refused(folder: Path, text: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load(_written(folder, text))
    return caught.value


def test_everything_a_file_says_arrives(folder: Path) -> None:
    """Every table of the configuration ends up typed in the Config."""
    config = load(_written(folder, """
        profile = ["base", "handbook"]
        select = "VAG"
        fail-level = "warning"
        [rules.vague-deadline]
        level = "error"
        words.add = ["asap"]
        words.remove = ["soon"]
        limit = "2 workdays"
        [calendar]
        holidays = [2026-03-02]
        [hours]
        start = 08:30:00
        late = "21:00"
        [[roster.people]]
        name = "林晓岚"
        masked = ["林*经理"]
        department = "市场部"
        [organisation]
        client-domains = ["client.example.com"]
        [lexicon.labels]
        owner = ["责任人"]
        [coverage]
        start = 2026-03-01
        end = 2026-03-31T18:00:00+08:00
        [[suppressions]]
        rules = ["VAG001"]
        reason = "旧档案"
        expires = 2026-12-31
        [limits]
        file-size = "2 MB"
        [plugins]
        optional = ["harbour"]
    """))
    rule = config.rules["vague-deadline"]
    assert (config.profile, config.select, config.fail_level) == (("base", "handbook"), ("VAG",), Severity.WARNING)
    assert (rule.level, rule.params, rule.add, rule.remove) == (Severity.ERROR, {"limit": "2 workdays"}, {"words": ("asap",)}, {"words": ("soon",)})
    assert (config.holidays, config.hours.start, config.hours.late) == ((date(2026, 3, 2),), time(8, 30), time(21))
    assert (config.roster.known, config.roster.people[0].masked, config.roster.departments) == (True, ("林*经理",), ("市场部",))
    assert (config.organisation.client_domains, config.lexicon.labels) == (("client.example.com",), (("owner", "责任人"),))
    assert config.coverage is not None
    assert config.coverage.start.isoformat() == "2026-03-01T00:00:00+08:00"
    assert (config.suppressions[0].reason, config.suppressions[0].expires) == ("旧档案", date(2026, 12, 31))
    assert (config.limits.file_size, config.plugins_optional) == (2_000_000, ("harbour",))


def test_no_file_means_the_defaults(folder: Path) -> None:
    """Without any configuration the defaults hold, and none is looked up elsewhere."""
    _written(folder, "")
    assert load(folder / "commlint.toml").profile == Config().profile


@pytest.mark.parametrize(("text", "en", "zh"), [
    ("profle = 'base'", "unknown key `profle`: did you mean `profile`?", "没有“profle”这个配置项\uff1a是不是“profile”\uff1f"),
    ("[calender]\nname = 'china'", "unknown key `calender`: did you mean `calendar`?", "没有“calender”这个配置项\uff1a是不是“calendar”\uff1f"),
    ("[hours]\nstrat = '9:00'", "unknown key `hours.strat`: did you mean `start`?", "没有“hours.strat”这个配置项\uff1a是不是“start”\uff1f"),
    ("[[roster.people]]\nname = 'A'\ntitel = 'B'", "unknown key `roster.people[0].titel`: did you mean `title`?", "没有“roster.people[0].titel”这个配置项\uff1a是不是“title”\uff1f"),
    ("zone = 'Mars'", "`zone` should be a time zone such as Asia/Shanghai, not 'Mars'", "“zone”应为时区\uff0c如 Asia/Shanghai\uff0c而不是 'Mars'"),
    ("fail-level = 'off'", "`fail-level` should be error, warning or info, not 'off'", "“fail-level”应为error、warning 或 info\uff0c而不是 'off'"),
    ("calendar = 'china'", "`calendar` has the wrong shape", "“calendar”的写法不对"),
    ("[[suppressions]]\nrules = ['VAG001']", "`suppressions[0]` lacks `reason`", "“suppressions[0]”缺少“reason”"),
    ("[lexicon.cues]\nnonsense = ['x']", "there is no word list 'nonsense' to add cues to", "没有名为“nonsense”的词表"),
    ("jobs = true", "`jobs` should be a whole number, 0 or more, not True", "“jobs”应为不小于 0 的整数\uff0c而不是 True"),
])
def test_a_mistake_is_named_with_its_place(folder: Path, text: str, en: str, zh: str) -> None:
    """A wrong key or value is an error that names the file, the key, and what was meant."""
    error = _refused(folder, text)
    path = folder / "commlint.toml"
    assert (error.message, error.said("zh")[0]) == (f"{path}: {en}", f"{path}: {zh}")


def test_cues_are_added_to_lists_that_there_are(folder: Path) -> None:
    """Every list that is named as extendable can be extended."""
    from commlint.entities.wordlists import extendable

    path = _written(folder, "[lexicon.cues]\n" + "\n".join(f"{name!r} = ['x']" for name in extendable()))
    assert {name for name, _ in load(path).lexicon.cues} == set(extendable())


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    """Several mistakes in one file are several lines of one error."""
    assert len(_refused(folder, "a = 1\nb = 2\nzone = 3").message.splitlines()) == 3


@pytest.mark.parametrize(("content", "said"), [(b"a = [", "not valid TOML"), ("profile = '基础'".encode("gbk"), "not UTF-8")])
def test_an_unreadable_file_is_named(folder: Path, content: bytes, said: str) -> None:
    """Broken TOML and other encodings are configuration errors, not tracebacks."""
    (folder / "commlint.toml").write_bytes(content)
    with pytest.raises(ConfigError, match=said):
        load()


def test_the_closest_file_wins(folder: Path) -> None:
    """A configuration nearer to the record is used instead of one further up; a pyproject.toml without our table is none."""
    _written(folder, "jobs = 1")
    _written(folder, "[tool.commlint]\njobs = 2", "a/pyproject.toml")
    _written(folder, "[tool.other]\nx = 1", "a/b/pyproject.toml")
    assert closest(folder / "a" / "b") == (folder / "a" / "pyproject.toml").resolve()
    assert load(start=folder / "a" / "b").jobs == 2


def test_extend_starts_from_another_file(folder: Path) -> None:
    """Keys replace those of the extended file one by one; suppressions of both count; patterns keep their own folder."""
    _written(folder, "jobs = 3\nprofile = 'handbook'\nexclude = ['old/']\n[[suppressions]]\nrules = ['A1']\nreason = 'x'", "up/base.toml")
    path = _written(folder, "extend = 'up/base.toml'\njobs = 4\n[[suppressions]]\nrules = ['B1']\nreason = 'y'")
    config = load(path)
    assert (config.jobs, config.profile) == (4, ("handbook",))
    assert [s.rules for s in config.suppressions] == [("A1",), ("B1",)]
    assert config.excludes(f"{folder.resolve().as_posix()}/up/old/mail.md")
    assert not config.excludes(f"{folder.resolve().as_posix()}/old/mail.md")


def test_files_that_extend_each_other_are_refused(folder: Path) -> None:
    """A circle of `extend` is an error that shows the circle."""
    _written(folder, "extend = 'commlint.toml'", "b.toml")
    assert "extend each other" in _refused(folder, "extend = 'b.toml'").message


def test_a_missing_extended_file_is_named(folder: Path) -> None:
    """A configuration that is not there is an error with its path."""
    assert "nowhere.toml: cannot be read" in _refused(folder, "extend = 'nowhere.toml'").message


def test_overrides_change_rules_for_some_paths(folder: Path) -> None:
    """An override replaces settings for its paths only, in order."""
    config = load(_written(folder, """
        [rules.a]
        level = "error"
        n = 1
        [[overrides]]
        paths = ["drafts/"]
        ignore = ["B"]
        rules.a.level = "off"
    """))
    path = f"{folder.resolve().as_posix()}/drafts/x.md"
    inside = config.overridden(config.overriding(path))
    assert (inside.rules["a"].level, inside.rules["a"].params, inside.ignore) == (Severity.OFF, {"n": 1}, ("B",))
    assert config.overridden(config.overriding(f"{folder.resolve().as_posix()}/x.md")) is config


def test_kinds_by_path(folder: Path) -> None:
    """The first pattern that fits a path gives the kind."""
    config = load(_written(folder, "[kinds]\n'minutes/*.md' = 'minutes'\n'*.md' = 'email'"))
    root = folder.resolve().as_posix()
    assert [config.kind_of(f"{root}/{name}") for name in ("minutes/a.md", "b/c.md", "d.txt")] == [Kind.MINUTES, Kind.EMAIL, None]


def test_every_key_has_a_type_and_words_in_both_languages() -> None:
    """The table of keys is complete: a known type, an English and a Chinese description, no path twice."""
    assert {key.type for key in KEYS} <= set(TYPES)
    assert all(key.en and key.zh for key in KEYS)
    assert len({key.path for key in KEYS}) == len(KEYS)


def test_the_defaults_in_the_table_are_those_of_config(folder: Path) -> None:
    """A file that spells out every default makes the same Config as no file."""
    tables: dict[str, list[str]] = {}
    for key in KEYS:
        if key.default and "[]" not in key.path and key.path not in ("extend", "lang", "cache.folder"):
            *above, name = key.steps
            tables.setdefault(".".join(above), []).append(f"{name} = {key.default if key.type != 'time' else repr(key.default)}")
    text = "\n".join(tables.pop("")) + "".join(f"\n[{table}]\n" + "\n".join(lines) for table, lines in tables.items() if table != "roster")
    path = _written(folder, text)
    assert load(path) == Config(path=str(path))
    assert settings(path)
