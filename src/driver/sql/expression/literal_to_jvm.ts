import { JavaDecimal, JavaNumber } from "../../gateway/java_value.ts";
import type {
  Pipeline,
  PipelineArgument,
  PipelineObject,
} from "../../gateway/pipeline.ts";
import type { LiteralValue } from "./expression.ts";

const MICROS_PER_SECOND = 1_000_000n;

/**
 * Makes a literal `Column`.
 *
 * Peer: `org.apache.spark.sql.functions.lit`, which takes `java.time` values.
 *
 * @param pipeline where to make it
 * @param value the value
 */
export function literalToJvm(
  pipeline: Pipeline,
  value: LiteralValue,
): PipelineObject {
  return pipeline.callStatic(
    "org.apache.spark.sql.functions",
    "lit",
    valueToJvm(pipeline, value),
  );
}

function valueToJvm(
  pipeline: Pipeline,
  value: LiteralValue,
): PipelineArgument {
  if (value === null || value instanceof Uint8Array) return value;
  if (typeof value === "number") {
    return Number.isSafeInteger(value) && !Object.is(value, -0)
      ? value
      : JavaNumber.double(value);
  }
  if (typeof value === "bigint") {
    return BigInt.asIntN(64, value) === value
      ? JavaNumber.long(value)
      : new JavaDecimal(String(value));
  }
  if (typeof value !== "object") return value;
  switch (value.type) {
    case "decimal":
      return new JavaDecimal(value.text);
    case "timestamp":
      return instant(pipeline, value.micros);
    case "timestamp_ntz":
      return parse(pipeline, "java.time.LocalDateTime", value.text);
    case "date":
      return parse(pipeline, "java.time.LocalDate", value.text);
    case "time":
      return parse(pipeline, "java.time.LocalTime", value.text);
    case "duration":
      return parse(pipeline, "java.time.Duration", value.text);
    case "period":
      return parse(pipeline, "java.time.Period", value.text);
  }
}

function instant(pipeline: Pipeline, micros: bigint): PipelineObject {
  const rest = ((micros % MICROS_PER_SECOND) + MICROS_PER_SECOND) %
    MICROS_PER_SECOND;
  return pipeline.callStatic(
    "java.time.Instant",
    "ofEpochSecond",
    JavaNumber.long((micros - rest) / MICROS_PER_SECOND),
    JavaNumber.long(rest * 1000n),
  );
}

function parse(
  pipeline: Pipeline,
  className: string,
  text: string,
): PipelineObject {
  return pipeline.callStatic(className, "parse", text);
}
