import type { DialectRules } from "./rules.ts";
import { SPARK_4_2 } from "./spark_4_2.ts";

/** Spark 4.3: as 4.2, in an envelope. */
export const SPARK_4_3: DialectRules = Object.freeze({
  ...SPARK_4_2,
  dialect: "4.3",
  enveloped: true,
});
