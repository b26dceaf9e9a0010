package io.kafkaflink.model;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A compiled CEL expression over the fields of a record that yields true or false
 * (<a href="https://github.com/google/cel-spec">cel-spec</a>). Field types map to string, int, double and bool; bytes
 * and arrays are left out.
 */
public final class FilterExpression {
    /** Bounds what one record may cost: comprehensions over list literals nest. */
    private static final CelOptions OPTIONS = CelOptions.current()
            .comprehensionMaxIterations(10_000)
            .maxParseRecursionDepth(50)
            .build();

    private final ExpressionNode root;

    private FilterExpression(ExpressionNode root) {
        this.root = root;
    }

    /**
     * Compiles an expression and checks its types.
     *
     * @throws InvalidExpression when it does not parse, names a field that is not there, or yields something else than
     *     true or false; the message is one line
     */
    public static FilterExpression compile(String expression, RecordSchema schema) throws InvalidExpression {
        CelAbstractSyntaxTree tree = check(expression, schema);
        Optional<ExpressionNode> direct = DirectExpression.of(tree, schema);
        return direct.isPresent() ? new FilterExpression(direct.get()) : interpreted(tree, schema);
    }

    /** As {@link #compile}, always evaluated by the CEL library. */
    static FilterExpression interpreted(String expression, RecordSchema schema) throws InvalidExpression {
        return interpreted(check(expression, schema), schema);
    }

    static CelAbstractSyntaxTree check(String expression, RecordSchema schema) throws InvalidExpression {
        try {
            return compiler(schema).compile(expression).getAst();
        } catch (CelValidationException e) {
            throw new InvalidExpression(firstError(e));
        }
    }

    private static FilterExpression interpreted(CelAbstractSyntaxTree tree, RecordSchema schema)
            throws InvalidExpression {
        try {
            CelRuntime.Program program = CelRuntimeFactory.standardCelRuntimeBuilder()
                    .setOptions(OPTIONS)
                    .build()
                    .createProgram(tree);
            Map<String, Integer> positions = new HashMap<>();
            schema.names().forEach(name -> positions.put(name, positions.size()));
            return new FilterExpression(fields -> evaluate(program, positions, fields));
        } catch (CelEvaluationException e) {
            throw new InvalidExpression(firstError(e));
        }
    }

    private static Object evaluate(
            CelRuntime.Program program, Map<String, Integer> positions, IntFunction<Object> fields) {
        try {
            return program.eval(name -> Optional.ofNullable(positions.get(name)).map(fields::apply));
        } catch (CelEvaluationException e) {
            return ExpressionNode.ERROR;
        }
    }

    /**
     * Whether a record passes.
     *
     * @param fields value by position in the schema: String, Long, Double, Boolean or null
     * @return false also when the expression cannot be evaluated, as for a null field or a division by zero
     */
    public boolean test(IntFunction<Object> fields) {
        return Boolean.TRUE.equals(root.evaluate(fields));
    }

    private static CelCompiler compiler(RecordSchema schema) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL);
        schema.declared().fields().stream()
                .filter(field -> field.type().spelled())
                .forEach(field -> builder.addVar(field.name(), celType(field.type())));
        return builder.build();
    }

    private static CelType celType(FieldType type) {
        return switch (type) {
            case String -> SimpleType.STRING;
            case Long -> SimpleType.INT;
            case Double -> SimpleType.DOUBLE;
            case Boolean -> SimpleType.BOOL;
            case Bytes, Array -> throw new IllegalArgumentException(type + " is not part of expressions");
        };
    }

    private static String firstError(Exception e) {
        String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return line.replaceFirst("^ERROR: <input>:(\\d+):(\\d+): ", "line $1, column $2: ");
    }

    /** An expression that does not fit the record. */
    public static final class InvalidExpression extends Exception {
        InvalidExpression(String message) {
            super(message, null, false, false);
        }
    }
}
