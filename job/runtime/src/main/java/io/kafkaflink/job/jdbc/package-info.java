/** The sink that keeps a table of a PostgreSQL database: rows are written by their keys, so that a repetition changes nothing. */
package io.kafkaflink.job.jdbc;
