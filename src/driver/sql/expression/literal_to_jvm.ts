import type { Gateway } from "../../gateway/gateway.ts";
import type { JavaObject } from "../../gateway/java_object.ts";
import {
  type JavaArgument,
  JavaDecimal,
  JavaNumber,
} from "../../gateway/java_value.ts";
import type { LiteralValue } from "./expression.ts";

const MICROS_PER_SECOND = 1_000_000n;

/**
 * Makes a literal `Column`.
 *
 * Peer: `org.apache.spark.sql.functions.lit`, which takes `java.time` values.
 *
 * @param gateway where to make it
 * @param value the value
 */
export async function literalToJvm(
  gateway: Gateway,
  value: LiteralValue,
): Promise<JavaObject> {
  return await gateway.callStaticObject(
    "org.apache.spark.sql.functions",
    "lit",
    await valueToJvm(gateway, value),
  );
}

async function valueToJvm(
  gateway: Gateway,
  value: LiteralValue,
): Promise<JavaArgument> {
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
      return await instant(gateway, value.micros);
    case "timestamp_ntz":
      return await parse(gateway, "java.time.LocalDateTime", value.text);
    case "date":
      return await parse(gateway, "java.time.LocalDate", value.text);
    case "time":
      return await parse(gateway, "java.time.LocalTime", value.text);
    case "duration":
      return await parse(gateway, "java.time.Duration", value.text);
    case "period":
      return await parse(gateway, "java.time.Period", value.text);
  }
}

function instant(gateway: Gateway, micros: bigint): Promise<JavaObject> {
  const rest = ((micros % MICROS_PER_SECOND) + MICROS_PER_SECOND) %
    MICROS_PER_SECOND;
  return gateway.callStaticObject(
    "java.time.Instant",
    "ofEpochSecond",
    JavaNumber.long((micros - rest) / MICROS_PER_SECOND),
    JavaNumber.long(rest * 1000n),
  );
}

function parse(
  gateway: Gateway,
  className: string,
  text: string,
): Promise<JavaObject> {
  return gateway.callStaticObject(className, "parse", text);
}
