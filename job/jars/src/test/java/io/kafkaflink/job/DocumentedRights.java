package io.kafkaflink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The table of docs/operations.md, row by row, as the rights of one pipeline from one topic to another. */
final class DocumentedRights {
    private static final Path PAGE = Path.of("../../../docs/operations.md");
    private static final String HEADING = "## Rights in Kafka\n";

    private DocumentedRights() {}

    /**
     * @param principal as in {@code User:name}
     * @param pipeline in namespace {@code test}, from {@code <pipeline>-in} to {@code <pipeline>-out}
     */
    static List<AclBinding> of(String principal, String pipeline) throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf(HEADING) + HEADING.length());
        List<AclBinding> rights = new ArrayList<>();
        for (String line :
                section.substring(0, section.indexOf("\n## ")).lines().toList()) {
            if (line.startsWith("| ") && !line.startsWith("| Resource ")) {
                String[] cells = line.substring(1).split("\\|");
                rights.add(new AclBinding(
                        resource(cells[0].strip(), pipeline),
                        new AccessControlEntry(principal, "*", operation(cells[1].strip()), AclPermissionType.ALLOW)));
            }
        }
        assertThat(rights).hasSizeGreaterThan(4);
        return rights;
    }

    private static ResourcePattern resource(String documented, String pipeline) {
        return switch (documented) {
            case "source topics" -> literal(ResourceType.TOPIC, pipeline + "-in");
            case "group of the pipeline" -> literal(ResourceType.GROUP, pipeline);
            case "sink topics", "`ExactlyOnce` sink topics" -> literal(ResourceType.TOPIC, pipeline + "-out");
            case "transactional ids beginning with `<namespace>.<name>.`" ->
                new ResourcePattern(ResourceType.TRANSACTIONAL_ID, "test." + pipeline + ".", PatternType.PREFIXED);
            case "the cluster" -> literal(ResourceType.CLUSTER, "kafka-cluster");
            default -> throw new AssertionError("This test does not know the resource '" + documented + "'");
        };
    }

    private static ResourcePattern literal(ResourceType type, String name) {
        return new ResourcePattern(type, name, PatternType.LITERAL);
    }

    private static AclOperation operation(String documented) {
        return switch (documented) {
            case "Read" -> AclOperation.READ;
            case "Write", "Write, as a prefix" -> AclOperation.WRITE;
            case "DescribeConfigs" -> AclOperation.DESCRIBE_CONFIGS;
            default -> throw new AssertionError("This test does not know the operation '" + documented + "'");
        };
    }
}
