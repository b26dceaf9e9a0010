package io.kafkaflink.operator.world;

import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.plan.Reasons;
import io.kafkaflink.operator.world.Scenario.End;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Jobs that come to their end by themselves, at any time. */
final class CompletionScenarios {
    private static final PipelineText BOUNDED = new PipelineText().upTo("Latest");
    private static final Duration LONG = Duration.ofMinutes(3);

    private CompletionScenarios() {}

    static List<Scenario> all() {
        return List.of(
                new Scenario(
                        "completed",
                        List.of(user(BOUNDED)),
                        world -> {
                            world.jobs.finish(Slot.A);
                            world.pass(LONG);
                        },
                        End.COMPLETED),
                new Scenario(
                        "completed before its first checkpoint was verified",
                        List.of(),
                        world -> {
                            world.once(seen -> seen.jobs.runs(Slot.A), seen -> seen.jobs.finish(Slot.A));
                            world.user(BOUNDED.yaml());
                        },
                        End.COMPLETED),
                new Scenario(
                        "completed and suspended",
                        List.of(user(BOUNDED)),
                        world -> {
                            world.jobs.finish(Slot.A);
                            world.user(BOUNDED.suspended(true).yaml());
                            world.pass(LONG);
                        },
                        End.COMPLETED),
                endsIn("Arm"),
                endsIn("Stop"),
                new Scenario(
                        "taken over from before it completes",
                        List.of(user(BOUNDED)),
                        world -> {
                            world.once(seen -> seen.jobs.runs(Slot.B), seen -> seen.jobs.finish(Slot.B));
                            world.user(BOUNDED.lateness(9).yaml());
                        },
                        End.COMPLETED));
    }

    /**
     * As soon as status says the step, which is before its first write. The change is refused from then on, until the spec
     * goes back to what was carried out.
     */
    private static Scenario endsIn(String step) {
        return new Scenario(
                "completed in step " + step + " of a change",
                List.of(user(BOUNDED)),
                world -> {
                    world.reported = news -> {
                        if (news.upgrade() != null && step.equals(news.upgrade().step())) {
                            world.jobs.finish(Slot.A);
                        }
                    };
                    world.once(CompletionScenarios::refuses, again -> again.user(BOUNDED.yaml()));
                    world.user(BOUNDED.lateness(9).yaml());
                },
                End.COMPLETED);
    }

    private static boolean refuses(SimulatedWorld world) {
        return world.condition("Ready")
                .filter(ready -> Reasons.COMPLETED_JOB_CHANGED.equals(ready.reason()))
                .isPresent();
    }

    private static Consumer<SimulatedWorld> user(PipelineText text) {
        return world -> world.user(text.yaml());
    }
}
