import { SparkSession } from "../../mod.ts";
import type { Finding } from "./doctor_checks.ts";

/** Starts Spark on two cores and has its workers count. */
export async function runSmallJob(): Promise<Finding> {
  const start = performance.now();
  try {
    await using spark = await SparkSession.builder.master("local[2]")
      .appName("tspark doctor").config("spark.ui.enabled", false)
      .getOrCreate();
    const sum = await spark.sparkContext.range(0, 1000, 1, 2)
      .map((n) => n % 7).sum();
    const seconds = (performance.now() - start) / 1000;
    return sum === EXPECTED_SUM
      ? { state: "well", text: `done, ${seconds.toFixed(1)} s with the start` }
      : { state: "wrong", text: `the sum is ${sum}, not ${EXPECTED_SUM}` };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { state: "wrong", text };
  }
}

const EXPECTED_SUM = 2997;
