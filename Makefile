# Bare `make` lists what can be done. Nothing needs to be installed by hand beyond Python 3.11 and make.
PYTHON ?= python3
PORT   ?= 8501
ADDRESS ?= 127.0.0.1
VENV   := .venv
BIN    := $(VENV)/bin
UV     := uv==0.13.8
# What `make test` needs beside Python: a browser, Chinese fonts, a database, an office suite, a web server.
APT    := chromium fonts-noto-cjk postgresql libreoffice-calc libreoffice-impress libreoffice-writer poppler-utils nginx-light

.DEFAULT_GOAL := help
.PHONY: help run demo test test-cluster check-deploy audit sbom lint format bench bench-short docs reference screenshots clean system requirements

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.runtime ## set everything up and serve the app on http://127.0.0.1:8501 (PORT=…)
	$(BIN)/python -m store init
	$(BIN)/python -m ui.server --address $(ADDRESS) --port $(PORT)

demo: $(VENV)/.runtime ## the same with sample files in a throw-away store (PORT=…)
	$(BIN)/python -m scripts.demo --port $(PORT)

test: $(VENV)/.development system lint ## set everything up and pass every test
	$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder --durations=40

lint: $(VENV)/.development ## ruff, format, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m deploy.supply secrets
	$(BIN)/python -m deploy.supply audit

test-cluster: $(VENV)/.development ## the same numbers on DuckDB, Spark and Sail (installs Java when root)
	PATH="$(CURDIR)/$(BIN):$$PATH" bash tests/cluster/run

check-deploy: $(VENV)/.development system ## prove the nginx and systemd files; two processes behind nginx
	$(BIN)/python -m deploy.check

audit: $(VENV)/.development ## pinned libraries against known vulnerabilities; asks PyPI besides
	$(BIN)/python -m deploy.supply audit-online

sbom: $(VENV)/.runtime ## bill of materials (CycloneDX) of the pinned libraries
	$(BIN)/python -m deploy.supply sbom

format: $(VENV)/.development ## format and sort imports
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: $(VENV)/.development ## measure speed and memory as ratios (ONLY=name for one)
	$(BIN)/python -m benchmarks $(ONLY)

docs: $(VENV)/.development reference ## build docs/ as a site into site/, usable without a network
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

reference: $(VENV)/.development ## make data dictionary, command reference and layer picture again
	$(BIN)/python -m scripts.reference
	$(BIN)/python -m scripts.layers

screenshots: $(VENV)/.development system ## take the pictures of README and guides again
	PILOTS_SCREENSHOTS=docs/pictures $(BIN)/python -m pytest tests/browser/test_pictures.py

bench-short: $(VENV)/.development ## the ratios that hold on a busy machine, in seconds
	$(BIN)/python -m benchmarks short

requirements: $(VENV)/.development ## update the pinned requirements from requirements*.in
	$(BIN)/uv pip compile -q --universal --generate-hashes -p 3.11 requirements.in -o requirements.txt --no-header
	$(BIN)/uv pip compile -q --universal --generate-hashes -p 3.11 requirements-dev.in -c requirements.txt -o requirements-dev.txt --no-header

clean: ## remove the environment and caches (never var/, which holds data)
	rm -rf $(VENV) .ruff_cache .mypy_cache .pytest_cache .hypothesis

# --- set-up -------------------------------------------------------------------------------------
$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed / 需要 Python 3.11 以上"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv $(VENV); } \
	  || { echo "Install the package python3-venv, then run make again / 请先安装 python3-venv"; exit 1; }
	$(BIN)/python -m pip install -q --disable-pip-version-check $(UV)

$(VENV)/.runtime: requirements.txt | $(BIN)/uv
	$(BIN)/uv pip install -q -p $(BIN)/python --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime | $(BIN)/uv
	$(BIN)/uv pip install -q -p $(BIN)/python --require-hashes -r requirements-dev.txt
	@touch $@

system: ## install the Debian packages that tests need (as root), or say which
	@missing=""; for name in $(APT); do dpkg -s $$name >/dev/null 2>&1 || missing="$$missing $$name"; done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then echo "apt-get install$$missing"; apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else echo "Some tests will be skipped. Install as root / 部分测试将跳过，请以 root 安装:$$missing"; fi
