test:
	mvn -B verify
