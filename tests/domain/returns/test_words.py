"""What reasons, states and steps of a return are called."""

import pytest

from shop.domain.returns.models import ReturnRequest, ReturnStep
from shop.domain.returns.words import PILLS, REASONS, STATES, VERDICTS, step_text


def test_every_reason_state_and_verdict_has_its_words():
    assert set(REASONS) == set(ReturnRequest.Reason)
    assert set(STATES) == set(PILLS) == set(ReturnRequest.State)
    assert set(VERDICTS) == set(ReturnRequest.Verdict)


@pytest.mark.parametrize(
    ("side", "state", "is_first", "text"),
    [
        ("buyer", "asked", True, "Người mua yêu cầu trả hàng"),
        # Asking once more is answering.
        ("buyer", "asked", False, "Người mua trả lời chủ thể"),
        ("producer", "disputed", False, "Chủ thể báo chưa nhận đủ hàng trả, nhờ văn phòng quyết định"),
        ("buyer", "disputed", False, "Người mua nhờ văn phòng quyết định"),
        ("office", "rejected", False, "Văn phòng quyết định: không hoàn tiền"),
        ("clock", "withdrawn", True, "Khép lại: quá hạn mà người mua không làm bước tiếp theo"),
    ],
)
def test_a_step_is_told_by_who_took_it_and_where_it_led(side, state, is_first, text):
    assert step_text(ReturnStep(side=side, state=state), is_first=is_first) == text
