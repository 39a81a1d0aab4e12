# The same locks as `make demo`, in an image: docker build -t media-service . && docker run -v "$PWD/works:/works" media-service produce su-tich-dua-hau
FROM python:3.12-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 LANG=C.UTF-8 MEDIA_SERVICE_LANG=vi

WORKDIR /app
COPY requirements/run.txt requirements/build.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/run.txt \
 && pip install --no-cache-dir --require-hashes -r requirements/build.txt

COPY pyproject.toml README.md LICENSE ./
COPY media_service media_service
COPY voices voices
COPY templates templates
COPY jobs jobs
RUN pip install --no-cache-dir --no-deps --no-build-isolation .

RUN useradd --create-home --uid 10001 librarian && install -d -o librarian /works
USER librarian
WORKDIR /works
ENTRYPOINT ["media-service"]
CMD ["--help"]
