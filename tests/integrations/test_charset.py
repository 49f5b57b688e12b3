"""Bytes become the characters that were meant, whatever is declared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commlint.errors import RecordError
from commlint.model.reading.charset import of_file, of_label

SIMPLIFIED = "各部门请于2026年5月22日18:00前提交材料\uff0c由林晓岚经理汇总。"
TRADITIONAL = "請各部門於2026年5月22日18:00前提交資料\uff0c由財務部複核。"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (SIMPLIFIED, "utf-32"),
        (SIMPLIFIED, "gbk"),
        (SIMPLIFIED + "\u9555\u5586", "gb18030"),
        (TRADITIONAL, "utf-8"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gb18030"),
        ("plain ASCII", "ascii"),
        ("The r\u00e9sum\u00e9 and a fair number of ordinary English words around it \u2013 as usual.", "cp1252"),
        ("", "utf-8"),
    ],
)
def test_a_file_is_read_in_the_charset_it_is_in(text: str, codec: str) -> None:
    """No declaration is needed: marks, strict decoding and common characters tell."""
    assert of_file(text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        ("\u9555\u5586\u3402", "gb18030", "gb2312"),
        ("张三", "gbk", "x-gbk"),
        ("张三", "gbk", "GB_2312-80"),
        ("张三", "gbk", "csGB2312"),
        ("张三", "gbk", "windows-936"),
        ("請款單", "big5", "big5"),
        ("請款單", "big5", "x-x-big5"),
        ("\u3053\u3093\u306b\u3061\u306f\u2460", "cp932", "shift_jis"),
        ("\uc548\ub155", "cp949", "ks_c_5601-1987"),
        ("\u3053\u3093\u306b\u3061\u306f", "iso2022_jp", "iso-2022-jp"),
        ("caf\u00e9 \u201cA\u201d", "cp1252", "iso-8859-1"),
        ("张三李四王五", "gbk", "iso-8859-1"),
        ("张三", "utf-8", "iso-8859-1"),
        ("各部门请提交材料", "gbk", "us-ascii"),
        ("各部门请提交材料", "utf-8", ""),
        ("各部门请提交材料", "gbk", "unknown-8bit"),
        ("各部门请提交材料", "utf-8", "utf8mb4"),
        ("各部门请提交材料", "utf-8", "x-no-such-charset"),
        ("各部门请提交材料", "gbk", "utf-8"),
        ("各部门请提交材料", "utf-8", "gb2312"),
        ("张三", "utf-8", "zlib_codec"),
        ("张三", "utf-8", "unicode_escape"),
        ("张三", "utf-7", "utf-7"),
    ],
)
def test_a_label_is_a_hint(text: str, codec: str, label: str) -> None:
    """Labels are read as mail programs mean them, and not believed where the bytes say otherwise."""
    assert of_label(text.encode(codec), label).text == text


@pytest.mark.parametrize(("content", "slug"), [(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "binary-content"), (b"\xff\xff\x81\x81\xff" * 40, "undecodable")])
def test_what_is_no_text_is_refused_in_both_languages(content: bytes, slug: str) -> None:
    """The error has a slug, a sentence and a way out, in Chinese and English."""
    with pytest.raises(RecordError) as caught:
        of_file(content)
    assert caught.value.slug == slug
    assert all(caught.value.said("zh"))
    assert all(caught.value.said("en"))
    assert caught.value.said("zh") != caught.value.said("en")


@given(st.binary(max_size=400), st.sampled_from(["", "gb2312", "big5", "utf-8", "utf-16", "iso-2022-jp", "utf-7", "nonsense", "idna"]))
def test_a_labelled_text_never_fails(content: bytes, label: str) -> None:
    """Mail is read however damaged: undecodable bytes become U+FFFD."""
    assert isinstance(of_label(content, label).text, str)
