# The web server and the worker of an installation with a PostgreSQL of its own; see docker-compose.yml.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH=/srv/workbench \
    DJANGO_SETTINGS_MODULE=workbench.settings \
    WORKBENCH_STATIC_ROOT=/srv/workbench/static \
    WORKBENCH_DATA=/srv/workbench/var

RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin workbench
WORKDIR /srv/workbench

# Apart from the source, so that a change of code does not fetch every package again.
COPY requirements/server.txt requirements/server.txt
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements/server.txt

COPY manage.py pyproject.toml LICENSE ./
COPY fixtures fixtures
COPY docs docs
COPY annotations annotations
COPY workbench workbench

# Neither value is used: collecting files signs nothing and asks no database.
RUN WORKBENCH_SECRET_KEY=unused DATABASE_URL=postgresql://unused/unused \
      python manage.py collectstatic --noinput --verbosity 0 \
 && install --directory --owner=workbench --mode=0700 var backups

USER workbench
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=15s --start-period=30s \
  CMD ["python", "-m", "workbench.probing", "/healthz"]
CMD ["gunicorn", "-c", "python:workbench.serving", "--bind", "0.0.0.0:8000"]
