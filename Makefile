# Two commands matter: `make site` and `make test`. Each sets up all that it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

# The theme prints a notice of its end of life at each run; the architecture page deals with it.
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve test audit check lint schema digests clean help

help: ## List the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.site: pyproject.toml constraints.txt | $(VENV)/.made
	$(PIP) -e '.[site]'
	touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(VENV)/.made
	$(PIP) -e '.[site,test,lint]'
	touch $@ $(VENV)/.site

site: $(VENV)/.site schema ## Build the site into site/
	$(BIN)/mkdocs build --strict

serve: $(VENV)/.site schema ## Preview the site; pages heal when you save
	$(BIN)/mkdocs serve

check: $(VENV)/.site ## Say everything that is wrong with the content
	$(BIN)/dpup check

schema: $(VENV)/.site ## Write the schemas that editors use into .schema/
	@$(BIN)/dpup schema --out .schema

# Browsers wait now and then: one worker more than there are processors keeps all of them busy.
export PYTEST_XDIST_AUTO_NUM_WORKERS ?= $(shell n=$$(nproc 2>/dev/null) && echo $$((n + 1)))

test: $(VENV)/.test ## Run every test; those whose program is missing skip, and say so
	$(BIN)/python -m pytest -n auto --dist worksteal

audit: $(VENV)/.test ## Look at every page in every way in Chromium; takes an hour
	DPUP_AUDIT=full DPUP_BROWSER=required $(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/.test ## Style, types and spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --config-file tests/mypy.ini
	$(BIN)/codespell src macros docs content README.md CONTRIBUTING.md CHANGELOG.md

digests: ## List the SHA-256 digest of each file of the site in site/SHA256SUMS
	cd site && find . -type f ! -name SHA256SUMS ! -path '*/.*' -print0 | LC_ALL=C sort -z \
		| xargs -0 sha256sum > SHA256SUMS

clean: ## Remove what was built
	rm -rf site site.building site.replaced .schema .pytest_cache .mypy_cache .ruff_cache
