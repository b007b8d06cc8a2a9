import type { Dialect } from "../dialect.ts";
import type { DialectRules } from "./rules.ts";
import { SPARK_3_5 } from "./spark_3_5.ts";
import { SPARK_4_0 } from "./spark_4_0.ts";
import { SPARK_4_1 } from "./spark_4_1.ts";
import { SPARK_4_2 } from "./spark_4_2.ts";
import { SPARK_4_3 } from "./spark_4_3.ts";

const RULES: Readonly<Record<Dialect, DialectRules>> = Object.freeze({
  "3.5": SPARK_3_5,
  "4.0": SPARK_4_0,
  "4.1": SPARK_4_1,
  "4.2": SPARK_4_2,
  "4.3": SPARK_4_3,
});

/** What is special about a dialect. Only `src/protocol` asks. */
export function rulesOf(dialect: Dialect): DialectRules {
  return RULES[dialect];
}
