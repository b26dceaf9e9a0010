/**
 * Upgrades of numbered pipelines under load, one scenario after the other on one stage, and the table of what each cost.
 * A scenario is a value; what it finds comes from the numbered records, the handover ConfigMaps and the pipeline's status.
 */
package io.kafkaflink.rehearsal.upgrade;
