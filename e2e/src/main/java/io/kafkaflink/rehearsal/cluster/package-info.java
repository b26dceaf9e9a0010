/** What the rehearsal brings into a real cluster: numbered records with their check, and doubles of missing operators. */
package io.kafkaflink.rehearsal.cluster;
