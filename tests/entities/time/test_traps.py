"""What only looks like a time is none."""

from __future__ import annotations

from datetime import datetime

import pytest

from commlint.entities.time import spans

TRAPS = [
    "以前的版本不支持该功能\uff0c目前已修复",
    "请前往前台登记\uff0c前期准备工作已完成",
    "V1.2.3 版本和 v2024.1 已发布\uff0c升级到 3.11",
    "服务器地址 192.168.1.10:8080\uff0c备用 10.0.0.1",
    "联系电话:010-62345678\uff0c手机 138-0013-8000\uff0c400-820-8888",
    "订单号 PO-2024-05-25-001\uff0c合同编号:HT20240518",
    "工号 20231105\uff0c员工编号 2024-0512",
    "比分 3:2\uff0c比例 16:9\uff0c配比1:10\uff0c按1:20稀释",
    "满意度评分 4.5/5\uff0c完成率 3/4",
    "金额 12.50 元\uff0c单价 5.20 元\uff0c预算 2024 万元",
    "占比 5.20%\uff0c增长 12.5%",
    "参会 3-5 人\uff0c采购 10-12 台设备",
    "见第 3.2 节\uff0c第 12 页\uff0c图 5-2",
    "3号楼 501 室\uff0c12号会议室\uff0c25号桌\uff0c5号线地铁",
    "以下三点建议\uff0c五点意见\uff0c提出两点要求",
    "周报、月报、季报、年报请按时提交",
    "年假、产假、病假、周年庆、年终奖",
    "UTC+8\uff0cGMT+08:00",
    "7*24小时服务\uff0c7x24 值守\uff0c24小时热线",
    "附件:会议纪要_20240525.docx\uff0c2024-05-25周报.xlsx",
    "https://example.com/2024/05/25/report.html",
    "zhang.2024-05-25@example.com",
    "回头客很多\uff0c早日康复",
    "日常工作、日程安排、日志",
    "周边产品、周期较长、周到服务",
    "年级、年龄、年轻员工",
    "前台、前端、前提、前景",
    "点击、点评、观点、重点",
    "期间、学期、定期、逾期",
    "八点论、三点一线",
    "第3条第2款\uff0c第5章",
    "型号 A5-22\uff0c规格 10-20",
    "1对1 沟通\uff0c5S 管理\uff0cISO 9001",
    "提升了3个百分点\uff0c下降5个点",
    "房间 1203\uff0c楼层 12F",
    "股价 10.25\uff0c汇率 7.10",
    "温度 25-30 度\uff0c尺寸 5.5 寸",
    "人民路25号\uff0c中山路 3 号",
    "发改〔2024〕15号文\uff0c15号令",
    "《2024年报》",
    "V2.0-2024",
    "QPS 2000\uff0c响应 2 秒内",
    "张三丰、周一鸣",
    "前三名\uff0c前5位",
    "今日头条\uff0c明日之星\uff0c每日优鲜",
    "1+1=2\uff0c2*3=6",
    "IPv6 地址 fe80::1",
    "5G、4K、3D",
    "may I ask\uff0c march forward\uff0c the second item\uff0c sun shines",
    "24/7 support\uff0c 50/50\uff0c 1/2 share",
    "version 2.3.1\uff0c section 4.2\uff0c page 12",
    "Friday's Restaurant",
    "大前提\uff0c生前\uff0c眼前",
    "前后端联调\uff0c前后一致",
    "市场部周洋",
    "两点之间\uff0c一点问题",
    "Q1:如何报销?Q2:找谁?",
    "十一人参加\uff0c十二个部门",
    "二十五号车间",
    "会议号:123 456 789\uff0c会议ID 987-654-321",
    "端口 17:22 映射",
    "三年级二班",
    "上周报已提交至系统? 不\uff0c是周报",
    "货号 2024-5-25-A3",
    "MAC 00:1A:2B:3C:4D:5E",
    "第21条",
    "12月饼干促销",
    "约翰福音 3:16",
    "一汽大众\uff0c三一重工\uff0c五一广场",
]


@pytest.mark.parametrize("text", TRAPS)
def test_a_look_alike_is_no_time(text: str) -> None:
    """Versions, addresses, codes, scores, amounts, references, rooms, counts, reports and words with 前 or 期 are left alone."""
    assert [found["text"] for found in spans(text, datetime(2024, 5, 22, 10, 30))] == []


def test_there_are_traps_enough() -> None:
    """At least forty of them."""
    assert len(TRAPS) >= 40
