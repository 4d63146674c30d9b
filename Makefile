# Thin on purpose: everything real is in CMake and in the program.
#   make run    installs what is missing, builds, judges the reference core in the fake world
#   make test   installs what is missing, builds, runs every test
.PHONY: run test build bench deps clean
.DEFAULT_GOAL := build

PACKAGES := g++ cmake ninja-build ccache pkg-config git ca-certificates \
  libcpp-httplib-dev nlohmann-json3-dev rapidjson-dev libfmt-dev libcli11-dev libsqlite3-dev libsqlitecpp-dev libpugixml-dev \
  libssl-dev libutf8proc-dev libhowardhinnant-date-dev tzdata catch2 librapidcheck-dev python3 python3-venv openssl
# For clients, example connectors and a page among the tests. Where Node brought npm along, Debian's npm would replace both.
ifneq ($(filter test,$(MAKECMDGOALS)),)
  PACKAGES += $(if $(shell command -v chromium),,chromium)
  PACKAGES += $(if $(shell command -v npm),,npm)
  PACKAGES += php-cli php-curl php-sqlite3 php-bcmath
endif

deps:
	@missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	if [ "$$(id -u)" = 0 ]; then as_root=""; \
	elif command -v sudo >/dev/null 2>&1; then as_root="sudo"; \
	else echo "Please install, then run make again:$$missing" >&2; exit 2; fi; \
	echo "Installing:$$missing"; \
	$$as_root apt-get update -q && \
	$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing

build: deps
	@cmake --preset release -DATRAPA_TESTS=$(if $(filter test,$(MAKECMDGOALS)),ON,OFF)
	@cmake --build --preset release

run: build
	@build/atrapa world show demo
	@build/atrapa check

test: deps
	@cmake --preset release -DATRAPA_TESTS=ON
	@cmake --build --preset release
	@ctest --preset release

bench: deps
	@cmake --preset release -DATRAPA_BENCH=ON
	@cmake --build --preset release --target bench
	@build/bench

clean:
	@rm -rf build
