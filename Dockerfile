# The service in an image, from the same locks as everywhere: docker build -t media-service .
# Without compose.yaml: docker run -v "$PWD/works:/works" media-service produce su-tich-dua-hau
FROM python:3.12-slim AS built

ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/media-service
COPY requirements/service.txt requirements/build.txt requirements/
RUN /opt/media-service/bin/pip install --require-hashes -r requirements/service.txt

# What only builds stays in this stage: the wheel is made by the stage's own Python.
RUN pip install --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY media_service media_service
COPY voices voices
COPY music music
COPY templates templates
COPY jobs jobs
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /tmp/wheel . \
 && /opt/media-service/bin/pip install --no-deps /tmp/wheel/*.whl \
 && /opt/media-service/bin/python -m compileall -q /opt/media-service/lib

FROM python:3.12-slim

ENV PATH=/opt/media-service/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 LANG=C.UTF-8 MEDIA_SERVICE_LANG=vi
# Folders that volumes are put over take their owner from here.
RUN useradd --create-home --uid 10001 librarian && install -d -o librarian -g librarian -m 0750 /works /state
COPY --from=built /opt/media-service /opt/media-service

USER librarian
WORKDIR /works
STOPSIGNAL SIGTERM
ENTRYPOINT ["media-service"]
CMD ["up"]
