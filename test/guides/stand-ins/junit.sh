# What `mvn test` does, with Debian's packages default-jdk and junit5: Maven Central may be out of reach.
set -eu
java=/usr/share/java
path=$java/junit-jupiter.jar:$java/junit-jupiter-api.jar:$java/junit-jupiter-engine.jar
path=$path:$java/junit-platform-console.jar:$java/junit-platform-reporting.jar:$java/junit-platform-launcher.jar
path=$path:$java/junit-platform-engine.jar:$java/junit-platform-commons.jar:$java/opentest4j.jar
path=$path:$java/apiguardian-api.jar:$java/picocli.jar
javac -d target -cp "$path" $(find src -name '*.java')
java -cp "$path:target" org.junit.platform.console.ConsoleLauncher --scan-class-path target --disable-banner
