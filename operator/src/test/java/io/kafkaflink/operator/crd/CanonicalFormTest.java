package io.kafkaflink.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalFormTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0} becomes {1}")
    @DisplayName("what the API server drops is dropped, what it rewrites is rewritten, what it keeps is kept")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'priority':0,'name':'Age'}            | {'name':'Age'}",
                "{'priority':1}                         | {'priority':1}",
                "{'nullable':false,'deprecated':false}  | {}",
                "{'exclusiveMinimum':true}              | {'exclusiveMinimum':true}",
                "{'required':[],'properties':{}}        | {}",
                "{'required':['a']}                     | {'required':['a']}",
                "{'minimum':1.0,'maximum':32768.0}      | {'minimum':1,'maximum':32768}",
                "{'default':0.5}                        | {'default':0.5}",
                "{'maximum':1.0E300}                    | {'maximum':1.0E300}",
                "{'default':{'cpu':1.0}}                | {'default':{'cpu':1}}",
                "{'default':false}                      | {'default':false}",
                "{'default':{},'minLength':0}           | {'default':{},'minLength':0}",
                "{'example':null}                       | {}",
                "{'list':[{'priority':0}]}              | {'list':[{}]}",
                "{'additionalProperties':{'type':'object'}} | {'additionalProperties':{'type':'object'}}",
                "{'x-kubernetes-preserve-unknown-fields':true,'additionalProperties':{'type':'object'}}"
                        + " | {'x-kubernetes-preserve-unknown-fields':true}",
            })
    void form(String before, String after) throws IOException {
        ObjectNode tree = tree(before);

        CanonicalForm.bring(tree);

        assertThat(tree.toString()).isEqualTo(tree(after).toString());
    }

    private static ObjectNode tree(String text) throws IOException {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }
}
