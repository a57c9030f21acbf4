"""A web worker that answers everybody who got through the door before it was closed."""

import errno

from gunicorn.workers.gthread import ThreadWorker


class DrainingWorker(ThreadWorker):
    """gunicorn's own keeps the door ajar while it drains: whoever connects meanwhile is never answered, only reset."""

    def set_accept_enabled(self, enabled):
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            self._accept_waiting(listener)
            listener.close()

    def _accept_waiting(self, listener):
        before = -1
        while self.nr_conns != before:
            before = self.nr_conns
            try:
                self.accept(listener)
            except OSError as problem:
                if problem.errno != errno.EBADF:
                    raise
