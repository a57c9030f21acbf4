"""What the web server does with memory before its workers part."""

import gc

from shop.running import serving


def test_loaded_code_is_left_alone_by_the_collector():
    before = gc.get_threshold()
    try:
        serving.settle_memory()

        assert gc.get_freeze_count() > 10_000
        assert gc.get_threshold() == serving.COLLECT_AFTER
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
