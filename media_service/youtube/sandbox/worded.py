"""How times, lengths and the state of a video are said to people in Vietnam."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from media_service.youtube.sandbox import standing
from media_service.youtube.sandbox.clock import read
from media_service.youtube.sandbox.sandbox import Sandbox
from media_service.youtube.sandbox.storage import Body

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def state(sandbox: Sandbox, body: Body) -> str:
    """Say why a video cannot be watched; empty where it can."""
    if not standing.processed(sandbox, body):
        return "Đang xử lý"
    if reason := body["wrong"].get(standing.REJECTION):
        return f"Bị từ chối ({reason})"
    if reason := body["wrong"].get(standing.FAILURE):
        return f"Xử lý không thành công ({reason})"
    return ""


def closed(status: Body) -> str:
    """Say who may not see a video that is not public, or until when."""
    if "publishAt" in status:
        return f"Hẹn {read(status['publishAt']).astimezone(_HERE):%H:%M %d/%m/%Y}"
    return {"private": "Riêng tư", "unlisted": "Không công khai"}[status["privacyStatus"]]


def date(at: datetime) -> str:
    """Return a day as it is written in Vietnam."""
    here = at.astimezone(_HERE)
    return f"{here.day} tháng {here.month}, {here.year}"


def length(seconds: float) -> str:
    """Return a film's length as players show it; empty where it is not known."""
    if not seconds:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}" if minutes >= 60 else f"{minutes}:{rest:02d}"
