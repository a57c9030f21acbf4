"""The log of every process: one JSON object a line, for machines that collect and search."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from celery import current_task

from .discreet import describe_error, origin_of, sentence_of


class JsonLines(logging.Formatter):
    """`time, level, logger, message`, and where there is one: `request_id, method, route, status, task, task_id, error`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": sentence_of(record),
            **origin_of(record),
            **_task(),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = describe_error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def _task() -> dict[str, str]:
    if not current_task or not current_task.request.id:
        return {}
    return {"task": current_task.name, "task_id": current_task.request.id}
