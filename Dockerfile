# One image for web, worker, scheduler and the one-off `prepare`. No PostgreSQL and no Valkey in it: the lock file is the
# base one, and production settings refuse to start without addresses of real servers.
FROM python:3.11-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
COPY requirements/base.txt /tmp/base.txt
RUN /venv/bin/pip install --require-hashes --only-binary :all: -r /tmp/base.txt


FROM python:3.11-slim-bookworm

ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=shop.settings.production \
    BIND_HOST=0.0.0.0 \
    PORT=8000 \
    VAR_DIR=/var/shop
RUN useradd --system --uid 10001 --home-dir /var/shop --create-home shop
COPY --from=build /venv /venv
WORKDIR /srv/shop
COPY manage.py DATA.md LICENSE ./
COPY shop shop
COPY catalogue_ext catalogue_ext
COPY templates templates
COPY static static
COPY docs/verify_certificate.py docs/
# Messages, bundles and compiled code are made once, here: the container's own files are read-only afterwards.
RUN DJANGO_SETTINGS_MODULE=shop.settings.base python manage.py compile_translations --verbosity 0 \
    && DJANGO_SETTINGS_MODULE=shop.settings.base python manage.py build_assets --verbosity 0 \
    && python -m compileall -q shop catalogue_ext \
    && rm -rf /var/shop/* && chown -R shop:shop /var/shop

USER shop
VOLUME /var/shop
EXPOSE 8000
# The default process; compose names the others. Exec form, so that SIGTERM reaches the server and it drains.
CMD ["python", "manage.py", "web"]
