# The commands of the platform. `make` alone lists them.

# Services are started hundreds of times: compiled once, each is there in half the time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test contracts dashboards mutants chaos soak bench k8s-check lint lock

help: ## this list
	@sed -nE 's/^([a-z0-9-]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 12

run: ## the platform, from one event to its alert, on embedded parts; or on AMQP_URI=… REDIS_URL=…
	@bin/venv requirements.lock
	@.venv/bin/python -m demo

test: ## everything, on private RabbitMQ and Redis servers; or a part of it: make test ARGS="tests/stories -x"
	@bin/test-parts
	@bin/venv requirements-dev.lock
	@$(if $(ARGS),.venv/bin/python -m pytest $(ARGS),bin/side-by-side)

contracts: ## docs/contracts/ anew, from the code: pages, asyncapi.yaml, rpc.json; and the types of client/api/
	@bin/venv requirements.lock
	@bin/tenglong contracts write

dashboards: ## deploy/monitoring/dashboards/*.json anew, from dashboards.yaml beside them
	@bin/venv requirements-dev.lock
	@.venv/bin/python deploy/monitoring/dashboards.py

mutants: ## each handler and each rule switched off in turn: some test has to notice; or a part: make mutants ARGS="parcels"
	@bin/venv requirements-dev.lock
	@.venv/bin/python -W ignore -m tests.mutants $(ARGS)

chaos: ## 20,000 events, as many reports of every type, and a year of them, while services, broker and store are killed at random; writes tests/chaos/ledger.json
	@bin/test-parts
	@bin/venv requirements-dev.lock
	@.venv/bin/python -W ignore -m tests.chaos.ledger $(ARGS)

soak: ## ten minutes of constant load, sampled for whatever grows; writes tests/chaos/soak.json
	@bin/test-parts
	@bin/venv requirements-dev.lock
	@.venv/bin/python -W ignore -m tests.chaos.soak $(ARGS)

bench: ## the figures of docs/performance.md, as ratios measured in one run; writes bench/results.json
	@bin/test-parts
	@bin/venv requirements-dev.lock
	@.venv/bin/python -W ignore -m bench $(ARGS)

k8s-check: ## the manifests of deploy/k8s rendered, against the schemas of Kubernetes and what these cannot say
	@bin/test-parts
	@bin/venv requirements-dev.lock
	@.venv/bin/python -m pytest -q tests/deploy/test_k8s.py tests/deploy/test_k8s_prod.py tests/deploy/test_k8s_links.py

lint: ## style, types and import rules
	@bin/venv requirements-dev.lock
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

lock: ## the lock files anew, from requirements.in, requirements-otel.in and requirements-dev.in
	@bin/venv requirements-dev.lock
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		requirements.in -o requirements.lock
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--constraint requirements.lock requirements-otel.in -o requirements-otel.lock
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--constraint requirements.lock --constraint requirements-otel.lock requirements-dev.in -o requirements-dev.lock
