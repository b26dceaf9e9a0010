package io.kafkaflink.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.OneArgFunction;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;

/**
 * Runs a script of {@code k8s/argocd} as Argo CD does: basic functions, {@code table}, and by {@code require} an
 * {@code os} with {@code time} and {@code date} only; no {@code string}, {@code io}, {@code math} or {@code debug}
 * (argo-cd {@code util/lua}).
 */
record ArgoScript(String text, Instant now) {

    /** What Argo CD would show of a pipeline: {@code status} and {@code message}. */
    static JsonNode health(JsonNode pipeline) {
        return new ArgoScript(Repository.text(Repository.ROOT.resolve("k8s/argocd/health.lua")), Instant.EPOCH)
                .run(pipeline);
    }

    /** What the script returns for an object. */
    JsonNode run(JsonNode object) {
        Globals globals = new Globals();
        globals.load(new BaseLib());
        globals.load(new PackageLib());
        globals.load(new TableLib());
        LoadState.install(globals);
        LuaC.install(globals);
        for (String name : new String[] {"dofile", "loadfile", "package"}) {
            globals.set(name, LuaValue.NIL);
        }
        globals.set("require", new OneArgFunction() {
            @Override
            public LuaValue call(LuaValue module) {
                if (!module.tojstring().equals("os")) {
                    throw new LuaError("module " + module + " is not there");
                }
                return os();
            }
        });
        globals.set("obj", lua(object));
        return json(globals.load(text, "script").call());
    }

    private LuaTable os() {
        LuaTable os = new LuaTable();
        os.set("date", new OneArgFunction() {
            @Override
            public LuaValue call(LuaValue format) {
                if (!format.tojstring().equals("!%Y%m%dT%H%M%SZ")) {
                    throw new LuaError("the test knows no date format " + format);
                }
                return LuaValue.valueOf(DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                        .withZone(ZoneOffset.UTC)
                        .format(now));
            }
        });
        return os;
    }

    private static LuaValue lua(JsonNode node) {
        if (node.isContainerNode()) {
            LuaTable table = new LuaTable();
            node.properties().forEach(member -> table.set(member.getKey(), lua(member.getValue())));
            for (int index = 0; node.isArray() && index < node.size(); index++) {
                table.set(index + 1, lua(node.get(index)));
            }
            return table;
        }
        return switch (node.getNodeType()) {
            case STRING -> LuaValue.valueOf(node.textValue());
            case NUMBER -> LuaValue.valueOf(node.doubleValue());
            case BOOLEAN -> LuaValue.valueOf(node.booleanValue());
            default -> LuaValue.NIL;
        };
    }

    private static JsonNode json(LuaValue value) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        if (value.istable()) {
            LuaTable table = value.checktable();
            if (table.length() > 0) {
                var list = factory.arrayNode();
                for (int index = 1; index <= table.length(); index++) {
                    list.add(json(table.get(index)));
                }
                return list;
            }
            ObjectNode object = factory.objectNode();
            Varargs entry = table.next(LuaValue.NIL);
            while (!entry.arg1().isnil()) {
                object.set(entry.arg1().tojstring(), json(entry.arg(2)));
                entry = table.next(entry.arg1());
            }
            return object;
        }
        if (value.isboolean()) {
            return factory.booleanNode(value.toboolean());
        }
        if (value.type() == LuaValue.TNUMBER) {
            return factory.numberNode(value.checkint());
        }
        return factory.textNode(value.tojstring());
    }
}
