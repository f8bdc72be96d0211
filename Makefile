# Everything runs in .venv, made from requirements.lock (versions and hashes).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist worksteal
STAMP := $(VENV)/.ready
export PYTHONHASHSEED ?= random

.DEFAULT_GOAL := help
.PHONY: help setup run test slow test-stream test-kafka test-s3 test-cluster test-spark browser fuzz lint docs bench lock clean

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "make %-12s %s\n", $$1, $$2}'

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] < (3, 14) else "wiretally needs Python 3.11, 3.12 or 3.13; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12")'
	@echo "Making the environment in $(VENV); this takes about a minute, once"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) --require-hashes --no-deps -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

setup: $(STAMP) ## Make the environment

run: $(STAMP) ## Run the pipeline on the sample dump
	$(BIN)/wiretally run seeds/sample --store out/store
	$(BIN)/wiretally report --store out/store -o out/report.html

test: lint ## Everything that must pass
	$(PYTEST) -m "not slow and not browser and not stream and not flink and not s3 and not kafka and not spark"

slow: $(STAMP) ## The slow tests
	$(PYTEST) -m slow

test-stream: $(STAMP) ## Streams on Beam's Prism, which Go builds
	.ci/stream

browser: $(STAMP) ## The report in a real browser; needs Chromium
	$(PIP) --no-build-isolation --editable '.[browser]'
	$(BIN)/python -m pytest -m browser

fuzz: $(STAMP) ## Hunt for bad input; TARGET=name SECONDS=600 for each
	$(PIP) --no-build-isolation --editable '.[fuzz]'
	$(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),600) $(TARGET)

test-kafka: $(STAMP) ## Streams of a Kafka topic, on a broker on this machine
	.ci/kafka

test-s3: $(STAMP) ## Dumps and stores in an object store on this machine; needs Go
	.ci/s3

test-cluster: $(STAMP) ## On a Flink cluster on this machine; ARTICLES=50000
	.ci/flink

test-spark: $(STAMP) ## The sample on Spark's local master
	.ci/spark

lint: $(STAMP) ## Style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(STAMP) ## Renew the data dictionary, and tables of README and performance
	$(BIN)/python -m docs.renew

bench: $(STAMP) ## Timings of every stage
	$(BIN)/python -m benchmarks

lock: ## Renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -o requirements.lock

clean: ## Remove what was made here
	rm -rf $(VENV) out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
