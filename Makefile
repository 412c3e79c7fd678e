# What people and CI run. Works from any directory (make -C /path/to/busbar run), as root and as anyone.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help install pages build run test lint bench

# Node goes into target/tools where the machine's own is too old; rustup's directory is not always in PATH.
export PATH := $(CURDIR)/target/tools/node_modules/.bin:$(PATH):$(HOME)/.cargo/bin
TARGET := $(or $(CARGO_TARGET_DIR),target)
BUSBAR := $(TARGET)/debug/busbar

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

install: ## Install what is missing: Postgres, Redis, Node, Chromium, a C compiler
	@.ci/install $(for)

pages:
	@.ci/pages build

# The whole workspace each time: with a part of it cargo would choose other features and build twice.
build: install pages ## Build pages and server
	cargo build --workspace --bins --locked

run: for = run
run: build ## Start with the demo's data; Ctrl-C ends it
	@exec $(BUSBAR) serve --demo

test: build ## Run every test, the pages' in Chromium too
	cargo test --workspace --locked --no-fail-fast
	@.ci/pages test

lint: build ## Check format, lints, types, and that generated files are current
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	@$(BUSBAR) schema | diff -u graphql/schema.graphql - \
		|| { echo 'graphql/schema.graphql is not current: $(BUSBAR) schema > graphql/schema.graphql' >&2; exit 1; }
	@.ci/pages lint

bench: install pages ## Measure beside pgbench, printing ratios
	cargo build --release --locked -p api --bin busbar
	$(TARGET)/release/busbar bench w1
	$(TARGET)/release/busbar bench w4
