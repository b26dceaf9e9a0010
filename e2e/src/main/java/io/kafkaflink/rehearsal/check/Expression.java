package io.kafkaflink.rehearsal.check;

import io.kafkaflink.rehearsal.pipeline.UncheckableException;
import java.util.HashMap;
import java.util.Set;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlScript;
import org.apache.commons.jexl3.MapContext;
import org.apache.commons.jexl3.introspection.JexlPermissions;

/**
 * A filter's condition, evaluated by another engine than the job's. The job speaks CEL; comparisons, arithmetic, logic
 * and string methods read the same in JEXL. What does not is refused, never guessed.
 */
final class Expression {
    private final String text;
    private final JexlScript compiled;

    /** Compiles a condition over the given fields. */
    Expression(String text, Set<String> fields) {
        this.text = text;
        try {
            compiled = new JexlBuilder()
                    .strict(true)
                    .silent(false)
                    .permissions(JexlPermissions.RESTRICTED)
                    .create()
                    .createScript(text);
        } catch (JexlException unknownSyntax) {
            throw uncheckable(unknownSyntax.getMessage());
        }
        compiled.getVariables().stream()
                .map(path -> path.get(0))
                .filter(name -> !fields.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw uncheckable("no record has a field " + name);
                });
    }

    /** Whether the record passes. One for which a null field makes the condition meaningless does not (the CRD's rule). */
    boolean accepts(Row row) {
        try {
            Object result = compiled.execute(new MapContext(new HashMap<>(row.fields())));
            if (result instanceof Boolean verdict) {
                return verdict;
            }
            throw new UncheckableException(
                    "filter '" + text + "' yields " + result + " for " + row + ", expected true or false");
        } catch (JexlException.Variable absentField) {
            return false;
        } catch (JexlException failed) {
            throw uncheckable(failed.getMessage());
        }
    }

    private UncheckableException uncheckable(String cause) {
        return new UncheckableException("filter '" + text + "' cannot be evaluated independently of the job: " + cause
                + ". Use comparisons, arithmetic, logic and string methods");
    }
}
