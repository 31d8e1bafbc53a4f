FROM python:3.12.13-slim@sha256:229a2c5bfa27522db7815ea81f9bed70af17ccb9de9fc7ad142b1877b5830d36 AS packages
COPY requirements.lock .
RUN python -m venv --without-pip /opt/tenglong \
    && pip --python /opt/tenglong/bin/python install --no-cache-dir --require-hashes \
        --only-binary :all: -r requirements.lock

FROM python:3.12.13-slim@sha256:229a2c5bfa27522db7815ea81f9bed70af17ccb9de9fc7ad142b1877b5830d36
ENV PATH=/opt/tenglong/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/tenglong
COPY --from=packages /opt/tenglong /opt/tenglong
COPY backbone backbone
COPY park park
COPY services services
COPY handin handin
COPY year year
COPY cli cli
COPY client client
COPY demo demo
COPY deploy/ready.py deploy/ready.py
COPY docs/runbooks docs/runbooks
COPY docs/when-things-break.md docs/operations.md docs/backup.md docs/performance.md docs/security.md docs/
COPY bin/tenglong bin/tenglong
RUN python -m compileall -q . && ln -s /srv/tenglong/bin/tenglong /opt/tenglong/bin/tenglong \
    && mkdir -m 755 /secrets && chown 10001:10001 /secrets
USER 10001:10001
EXPOSE 8001 8002 8003 8004
ENTRYPOINT ["python", "-m", "services"]
