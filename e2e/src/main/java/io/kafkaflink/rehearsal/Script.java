package io.kafkaflink.rehearsal;

import io.kafkaflink.rehearsal.input.InputFile;
import io.kafkaflink.rehearsal.pipeline.PipelineFile;
import java.util.Optional;

/**
 * What is played.
 *
 * @param file the pipeline
 * @param upgrade the same pipeline, changed; absent for the standard steps
 * @param input events
 */
record Script(PipelineFile file, Optional<PipelineFile> upgrade, InputFile input) {}
