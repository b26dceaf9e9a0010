# GNU make 3.81 or newer. `make` alone explains the targets.
.DEFAULT_GOAL := help
.PHONY: help run rehearse test e2e bench build images crds chart kube-api clean format
SHELL := /bin/bash

MVN ?= mvn -B
JAVA ?= $(if $(JAVA_HOME),"$(JAVA_HOME)/bin/java",java)
FILE ?= k8s/examples/clickstream.yaml
INPUT ?=
SCENARIO ?=
RUNS ?=
CRASHES ?=
STAGES ?=
PUSH ?=
TAG ?=
ARGS ?=

REHEARSAL := e2e/target/rehearsal.jar
SOURCES := $(shell find pom.xml job operator e2e crds -type f -not -path '*/target/*' -not -path '*/src/test/*')

help: ## Show the targets (default)
	@sed -nE 's/^([a-z0-9-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r target text; do \
	  printf '  make %-9s %s\n' "$$target" "$$text"; done
	@echo
	@echo '  Needs JDK 17 or newer, Maven 3.8 or newer, and Go 1.24 or newer (or a network) for the API server.'

run: $(REHEARSAL) ## Rehearse a pipeline on this machine: FILE=pipeline.yaml INPUT=events.jsonl ARGS='--keep'
	@$(JAVA) -Xmx512m -XX:+UseSerialGC -jar $(REHEARSAL) "$(FILE)" $(if $(INPUT),--input "$(INPUT)") $(ARGS)

rehearse: $(REHEARSAL) ## Rehearse upgrades and rollbacks under load, beside upgrades by hand: SCENARIO=name RUNS=10 CRASHES=3 STAGES=3 ARGS=--list
	@$(JAVA) -Xmx768m -XX:+UseSerialGC -jar $(REHEARSAL) upgrades $(if $(SCENARIO),--scenario "$(SCENARIO)") \
	  $(if $(RUNS),--runs "$(RUNS)") $(if $(CRASHES),--crashes "$(CRASHES)") $(if $(STAGES),--stages "$(STAGES)") $(ARGS)

test: ## Run all checks and tests; those that find no API server binaries are skipped and say why
	@$(MVN) -q -pl e2e/kube-api -am -Dcheckstyle.skip compile exec:java -Dexec.args=--optional
	$(MVN) -T 2 verify

e2e: ## Play scenarios on a real cluster: CLUSTER=kind|node|existing SCENARIOS=1-first-start KEEP=1
	@bash e2e/cluster/run.sh

bench: ## Compare the job's throughput with a hand-written Flink job, side by side
	@$(MVN) -q -pl job/jars/2.2-5.0.0 -am -Pbench -Dcheckstyle.skip -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false test

build: ## Compile, check and package everything without running tests
	$(MVN) verify -DskipTests

images: ## Build the container images, to tar files or PUSH=registry.example/team: TAG=1.0 ARGS='--operator-base IMAGE'
	@$(MVN) -q -Pimages package -DskipTests -Dcheckstyle.skip -Denforcer.skip -Dspotless.check.skip
	@$(JAVA) -jar k8s/images/target/images.jar $(if $(PUSH),--push "$(PUSH)") $(if $(TAG),--tag "$(TAG)") $(ARGS)

crds: ## Write the CRD, its reference page, its copy in the chart and its editor schema, from the code
	@$(MVN) -q -pl operator -am -Dcheckstyle.skip test-compile exec:java
	@echo 'Written: crds/ and docs/api-reference.md'
	@$(MAKE) --no-print-directory chart
	@$(MVN) -q -pl e2e/install -am -Dcheckstyle.skip -Dgolden.update=true \
	  -Dtest=EditorSchemaTest -Dsurefire.failIfNoSpecifiedTests=false test
	@echo 'Written: k8s/schema/'

chart: ## Copy the CRD and the roles of k8s/base into the Helm chart
	@cp crds/kafkaflinkpipelines.kafkaflink.io.yaml k8s/base/role-*.yaml helm/kafkaflink-operator/files/
	@echo 'Written: helm/kafkaflink-operator/files/'

kube-api: ## Find, download or build kube-apiserver, etcd and kubectl, and print where they are
	@$(MVN) -q -pl e2e/kube-api -am -Dcheckstyle.skip compile exec:java

clean: ## Delete what was built here (cached API server binaries stay)
	$(MVN) -q clean

format: ## Format all Java sources
	$(MVN) -q spotless:apply

# Packages everything without tests and checks, and says which module is on.
$(REHEARSAL): $(SOURCES)
	@set -o pipefail; \
	$(MVN) package -DskipTests -Dcheckstyle.skip -Denforcer.skip -Dspotless.check.skip 2>&1 \
	  | awk -v terminal="$$(test -t 1 && echo 1)" -f config/build-progress.awk
	@touch $(REHEARSAL)
