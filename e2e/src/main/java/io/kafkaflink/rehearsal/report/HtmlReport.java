package io.kafkaflink.rehearsal.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** A rehearsal as one page that needs nothing else: pictures of throughput and lag, the upgrades, the table. */
public final class HtmlReport {
    private static final String TEMPLATE = "report/report.html";

    private HtmlReport() {}

    /** Writes the page; its folder is made where there is none. */
    public static void write(Path file, Report report, Timeline timeline) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        try (Writer out = Files.newBufferedWriter(file)) {
            engine().process(TEMPLATE, context(report, timeline), out);
        }
    }

    private static TemplateEngine engine() {
        ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver(HtmlReport.class.getClassLoader());
        templates.setTemplateMode(TemplateMode.HTML);
        templates.setCharacterEncoding("UTF-8");
        TemplateEngine engine = new TemplateEngine();
        engine.setTemplateResolver(templates);
        return engine;
    }

    private static Context context(Report report, Timeline timeline) {
        Context context = new Context(Locale.ROOT);
        context.setVariable("title", report.title());
        context.setVariable("clean", report.outcome() == Outcome.CLEAN);
        context.setVariable("conclusion", report.outcome().sentence());
        context.setVariable("changes", timeline.changes());
        context.setVariable("table", ReportTable.of(report));
        context.setVariable("width", Plot.WIDTH);
        context.setVariable("height", Plot.HEIGHT);
        context.setVariable(
                "plots",
                List.of(
                        Plot.of(
                                "Records a second",
                                new Plot.Series("sent", timeline.sent()),
                                new Plot.Series("committed", timeline.committed())),
                        Plot.of("Records sent and not committed yet", new Plot.Series("lag", timeline.lag()))));
        return context;
    }
}
