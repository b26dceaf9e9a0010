package io.kafkaflink.job;

import java.io.PrintStream;
import java.util.stream.Stream;

/**
 * Runs the pipeline that a job configuration describes:
 * {@code --config <file> --config-hash <sha256> [--mode run|plan]}. Mode {@code plan} prints the operators with uids and
 * operator ids and runs nothing.
 *
 * <p>What cannot be run is refused in one line: as a process of its own with exit code 2, inside a Flink cluster by an
 * exception without stack trace from main, so that the job is reported as failed while the JobManager stays up, instead
 * of a crash loop.
 */
public final class PipelineJob {
    private static final int REFUSED = 2;

    private PipelineJob() {}

    public static void main(String[] arguments) throws Exception {
        try {
            run(arguments, System.out);
        } catch (JobRefused refused) {
            if (!ownsTheProcess()) {
                throw refused;
            }
            System.err.println(refused.getMessage());
            System.exit(REFUSED);
        }
    }

    static void run(String[] arguments, PrintStream out) throws Exception {
        JobOptions options = JobOptions.parse(arguments);
        requireFlink();
        switch (options.mode()) {
            case PLAN -> PipelineExecution.plan(options, out);
            case RUN -> PipelineExecution.run(options);
        }
    }

    /** The job jar holds everything but Flink itself; what names Flink's classes is loaded after this. */
    private static void requireFlink() {
        try {
            Class.forName("org.apache.flink.streaming.api.environment.StreamExecutionEnvironment");
        } catch (ClassNotFoundException e) {
            throw new JobRefused("Flink is not on the class path; run the job in a Flink image, or as"
                    + " java -cp '<flink>/lib/*:<this jar>' " + PipelineJob.class.getName());
        }
    }

    /** A process of its own has our main at the bottom of the stack; a Flink cluster calls it from one of its threads. */
    private static boolean ownsTheProcess() {
        return StackWalker.getInstance().walk(Stream::toList).stream()
                .reduce((above, below) -> below)
                .map(StackWalker.StackFrame::getClassName)
                .filter(PipelineJob.class.getName()::equals)
                .isPresent();
    }
}
