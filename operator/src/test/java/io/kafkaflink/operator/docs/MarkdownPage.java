package io.kafkaflink.operator.docs;

import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** A page that people read, and what of it can be compared with the code. */
public final class MarkdownPage {
    /** The top folder of the repository. */
    public static final Path ROOT = Path.of("..");

    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    private final Path file;
    private final List<Node> nodes = new ArrayList<>();

    private MarkdownPage(Path file) throws IOException {
        this.file = file;
        collect(PARSER.parse(Files.readString(file)));
    }

    /** A row of a table: the header's first cell, and the code spans of each cell under the header's words. */
    public record Row(List<String> header, List<String> cells, List<List<String>> codes) {

        /** The code spans under the first heading that contains a word, none when there is no such column. */
        public List<String> codesUnder(String word) {
            for (int column = 0; column < header.size(); column++) {
                if (header.get(column).contains(word)) {
                    return codes.get(column);
                }
            }
            return List.of();
        }
    }

    /** README, the other pages at the top, and everything under docs. */
    static List<MarkdownPage> all() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(MarkdownPage::read)
                    .toList();
        }
    }

    /** A page by its path in the repository. */
    public static MarkdownPage of(String path) {
        return read(ROOT.resolve(path));
    }

    /** The whole pipelines of all pages, as YAML. */
    public static List<String> pipelines() throws IOException {
        return all().stream()
                .flatMap(page -> page.blocks("yaml").stream())
                .filter(block -> block.contains("kind: " + KafkaFlinkPipeline.KIND))
                .toList();
    }

    private static MarkdownPage read(Path file) {
        try {
            return new MarkdownPage(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect(Node node) {
        nodes.add(node);
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            collect(child);
        }
    }

    Path folder() {
        return file.getParent();
    }

    boolean generated() {
        return file.endsWith("api-reference.md");
    }

    List<String> blocks(String language) {
        return all(FencedCodeBlock.class)
                .filter(block -> language.equals(block.getInfo()))
                .map(FencedCodeBlock::getLiteral)
                .toList();
    }

    List<String> codes() {
        return all(Code.class).map(Code::getLiteral).toList();
    }

    List<String> links() {
        return all(Link.class).map(Link::getDestination).toList();
    }

    /** Anchors of the headings, as code hosts make them. */
    Set<String> anchors() {
        Set<String> anchors = new TreeSet<>();
        all(Heading.class)
                .map(heading -> text(heading)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .forEach(anchors::add);
        return anchors;
    }

    /** The rows of all tables, without the headers. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        all(TableBlock.class).forEach(table -> {
            List<TableRow> lines = under(table, TableRow.class);
            List<String> header = under(lines.get(0), TableCell.class).stream()
                    .map(MarkdownPage::text)
                    .toList();
            lines.stream().skip(1).map(line -> row(header, line)).forEach(rows::add);
        });
        return rows;
    }

    private static Row row(List<String> header, TableRow line) {
        List<TableCell> cells = under(line, TableCell.class);
        return new Row(
                header,
                cells.stream().map(MarkdownPage::text).toList(),
                cells.stream()
                        .map(cell -> under(cell, Code.class).stream()
                                .map(Code::getLiteral)
                                .toList())
                        .toList());
    }

    private <T extends Node> Stream<T> all(Class<T> type) {
        return nodes.stream().filter(type::isInstance).map(type::cast);
    }

    private static <T extends Node> List<T> under(Node node, Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            if (type.isInstance(child)) {
                found.add(type.cast(child));
            } else {
                found.addAll(under(child, type));
            }
        }
        return found;
    }

    private static String text(Node node) {
        StringBuilder text = new StringBuilder();
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            if (child instanceof Text plain) {
                text.append(plain.getLiteral());
            } else if (child instanceof Code code) {
                text.append(code.getLiteral());
            } else {
                text.append(text(child));
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
