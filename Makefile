# `make demo` sets up, builds and replays every scenario against the embedded reference system.
# `make test` sets up and runs the tests. Both work on a fresh Debian or Ubuntu with Swift 6 on the PATH.

PACKAGES = libxml2-dev libxslt1-dev libcurl4-openssl-dev libssl-dev libxmlsec1-dev libxmlsec1-openssl zlib1g-dev \
	libsqlite3-dev pkg-config openssl gzip
SWIFT ?= swift
SWIFT_FLAGS ?=
JOBS ?= 2
PREFIX ?= /usr/local

.PHONY: demo test setup release install format lint large benchmark fuzz clean

demo: release
	.build/release/cisis run --jobs $(JOBS)
	@echo
	@echo "Report: Reports/runs/latest/report.html"

# One test at a time: client, server and simulators run in one process, and some tests wait for limits.
test: setup
	$(SWIFT) test --no-parallel $(SWIFT_FLAGS)

release: setup
	$(SWIFT) build -c release --product cisis $(SWIFT_FLAGS)

# Installs what is missing of the C libraries, through sudo when not root. Nothing else of the machine is touched.
setup:
	@missing=""; \
	if command -v dpkg-query >/dev/null 2>&1; then \
	  for package in $(PACKAGES); do \
	    dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$package"; \
	  done; \
	else \
	  echo "This is not Debian or Ubuntu: install the equivalents of: $(PACKAGES)"; \
	fi; \
	if [ -n "$$missing" ]; then \
	  echo "Installing:$$missing"; \
	  root=""; [ "$$(id -u)" = 0 ] || root=sudo; \
	  $$root apt-get -o DPkg::Lock::Timeout=300 update -qq && \
	  $$root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends $$missing; \
	fi
	@command -v $(SWIFT) >/dev/null || { echo "Swift 6 is not on the PATH: see https://www.swift.org/install"; exit 1; }

install: release
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/cisis
	install -m 755 .build/release/cisis $(DESTDIR)$(PREFIX)/bin/cisis
	cp -R Profiles $(DESTDIR)$(PREFIX)/share/cisis/
	[ ! -d Schematron ] || cp -R Schematron $(DESTDIR)$(PREFIX)/share/cisis/
	install -d $(DESTDIR)$(PREFIX)/share/cisis/Reports
	cp -R Reports/Assets Reports/Schemas $(DESTDIR)$(PREFIX)/share/cisis/Reports/

format:
	$(SWIFT) format -i -r Package.swift Sources Tests

lint:
	$(SWIFT) format lint -s -r Package.swift Sources Tests

# Bodies of 500 MB both ways in constant memory: slow, so apart.
large: setup
	CISIS_LARGE=1 $(SWIFT) test $(SWIFT_FLAGS) --filter Large

# The official verdict against its floor and its peers, with the official kit: SaxonC where Python has saxonche, the
# kit's own flow where Debian's libsaxonhe-java is installed (and libxerces2-java, for its XML Schema).
CORPORA ?= ../shared/corpora
SAXON_JAR ?= $(wildcard /usr/share/java/Saxon-HE.jar)
benchmark: release
	$(SWIFT) build -c release --product schematron-benchmark $(SWIFT_FLAGS)
	.build/release/schematron-benchmark --kit $(CORPORA)/ans-kit --overlay $(CORPORA)/oracle/patch \
	  --cisis .build/release/cisis $(if $(SAXON_JAR),--saxon-jar $(SAXON_JAR))

# A minute for each fuzz target, built apart with libFuzzer.
fuzz: setup
	.ci/fuzz 60

clean:
	rm -rf .build Reports/runs
