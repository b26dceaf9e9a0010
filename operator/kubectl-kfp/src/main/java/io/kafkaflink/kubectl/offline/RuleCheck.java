package io.kafkaflink.kubectl.offline;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules of the definition, evaluated by the CEL library; of what Kubernetes adds to CEL, {@code find} and {@code sum}
 * are there. Rules that compare with the resource before are about a change, which no single file shows.
 */
final class RuleCheck {
    private static final String FIND = "find";
    private static final String FIND_ID = "string_find_string";
    private static final String SUM = "sum";
    private static final String SUM_ID = "list_int_sum";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("self", SimpleType.DYN)
            .addFunctionDeclarations(
                    CelFunctionDecl.newFunctionDeclaration(
                            FIND,
                            CelOverloadDecl.newMemberOverload(
                                    FIND_ID, SimpleType.STRING, SimpleType.STRING, SimpleType.STRING)),
                    CelFunctionDecl.newFunctionDeclaration(
                            SUM,
                            CelOverloadDecl.newMemberOverload(SUM_ID, SimpleType.INT, ListType.create(SimpleType.INT))))
            .build();

    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
            .addFunctionBindings(
                    CelFunctionBinding.from(FIND_ID, String.class, String.class, RuleCheck::find),
                    CelFunctionBinding.from(SUM_ID, List.class, RuleCheck::sum))
            .build();

    private static final Map<String, CelRuntime.Program> PROGRAMS = new ConcurrentHashMap<>();

    private final List<Problem> found = new ArrayList<>();

    static List<Problem> broken(JsonNode resource, JsonNode schema) {
        RuleCheck rules = new RuleCheck();
        rules.in("", resource, schema);
        return rules.found;
    }

    private void in(String path, JsonNode node, JsonNode schema) {
        if (node.isMissingNode()) {
            return;
        }
        schema.path("x-kubernetes-validations").forEach(rule -> apply(path, node, rule));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            in(path + "[" + i + "]", node.get(i), schema.path("items"));
        }
        schema.path("properties")
                .properties()
                .forEach(property -> in(
                        path + (path.isEmpty() ? "" : ".") + property.getKey(),
                        node.path(property.getKey()),
                        property.getValue()));
    }

    private void apply(String path, JsonNode node, JsonNode rule) {
        String text = rule.path("rule").asText();
        if (text.contains("oldSelf")) {
            return;
        }
        String field = path.isEmpty() ? "<nil>" : path + rule.path("fieldPath").asText();
        try {
            Object self = JSON.convertValue(node, new TypeReference<Map<String, Object>>() {});
            Object holds = PROGRAMS.computeIfAbsent(text, RuleCheck::program).eval(Map.of("self", longs(self)));
            if (!Boolean.TRUE.equals(holds)) {
                found.add(Problem.invalid(
                        field, "\"object\"", rule.path("message").asText()));
            }
        } catch (CelEvaluationException e) {
            found.add(Problem.invalid(field, "\"object\"", "the rule cannot be evaluated: " + e.getMessage()));
        }
    }

    private static CelRuntime.Program program(String rule) {
        try {
            return RUNTIME.createProgram(COMPILER.compile(rule).getAst());
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalStateException("rule of this version's definition: " + rule, e);
        }
    }

    /** CEL has whole numbers of one size. */
    private static Object longs(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put(name, longs(member)));
            return members;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RuleCheck::longs).toList();
        }
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }

    private static Object find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    private static Object sum(List<?> numbers) {
        return numbers.stream().mapToLong(number -> (Long) number).sum();
    }
}
