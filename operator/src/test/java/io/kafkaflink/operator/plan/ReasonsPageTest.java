package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that explains the reasons, and the reasons in code. */
class ReasonsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "reasons.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([A-Za-z]+)` \\|(.*)\\|$");

    @Test
    void pageAndCodeHaveTheSameReasons() throws IOException {
        assertThat(reasons()).containsExactlyInAnyOrderElementsOf(ReasonNames.all());
    }

    @Test
    void everyReasonIsExplainedOnceAndWhole() throws IOException {
        assertThat(new HashSet<>(reasons())).hasSameSizeAs(reasons());
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(row.group(2).split("\\|")).as(line).hasSize(3).allSatisfy(cell -> assertThat(cell)
                        .isNotBlank());
            }
        }
    }

    private static List<String> reasons() throws IOException {
        List<String> reasons = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                reasons.add(row.group(1));
            }
        }
        return reasons;
    }
}
