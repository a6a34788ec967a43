/**
 * The parts that results are made of. The runtime writes each in a form of its own (CSV, safetensors, GraphML, JSON), reads it
 * back, and draws it in the report.
 */
package io.arrakis.api.result;
