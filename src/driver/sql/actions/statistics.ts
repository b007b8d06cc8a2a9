import { expectNumber, expectObject } from "../../gateway/expect.ts";
import type { ActionOptions } from "../../runtime/action_options.ts";
import type { CallSite } from "../../runtime/call_site.ts";
import { JavaNumber } from "../../gateway/java_value.ts";
import { double, scalaList } from "../plan/argument.ts";
import { argumentForJvm, planToJvm } from "../plan/plan_to_jvm.ts";
import type { Relation } from "../plan/relation.ts";

/** Quantiles of several columns. Peer: `DataFrameStatFunctions.approxQuantile`. */
export async function approxQuantile(
  node: Relation,
  columns: readonly string[],
  probabilities: readonly number[],
  relativeError: number,
  site: CallSite,
  options?: ActionOptions,
): Promise<number[][]> {
  checkQuantiles(probabilities, relativeError);
  const { session } = node;
  const { gateway } = session.runtime;
  return await session.action(site, async () => {
    const dataset = await planToJvm(node);
    const stat = await dataset.callObject("stat");
    const result = await stat.callObject(
      "approxQuantile",
      await argumentForJvm(session, scalaList(columns)),
      await argumentForJvm(
        session,
        scalaList(probabilities.map(double)),
      ),
      JavaNumber.double(relativeError),
    );
    const lists = await gateway.arrayElements(await arrayOf(result));
    const all: number[][] = [];
    for (const list of lists) {
      const array = await arrayOf(expectObject(list, "approxQuantile"));
      const values = await gateway.arrayElements(array);
      all.push(values.map((value) => expectNumber(value, "approxQuantile")));
    }
    return all;
  }, options);

  /** A list's elements; 3.5 and 4.x give arrays for Scala and lists for Java. */
  async function arrayOf(
    object: Awaited<ReturnType<typeof planToJvm>>,
  ): Promise<typeof object> {
    return object.type === "array"
      ? object
      : await object.callObject("toArray");
  }
}

/** A statistic of two columns: `corr` or `cov`. */
export async function ofPair(
  node: Relation,
  method: "corr" | "cov",
  column1: string,
  column2: string,
  site: CallSite,
  options?: ActionOptions,
): Promise<number> {
  const { session } = node;
  return await session.action(site, async () => {
    const dataset = await planToJvm(node);
    const stat = await dataset.callObject("stat");
    return await stat.callNumber(method, column1, column2);
  }, options);
}

function checkQuantiles(
  probabilities: readonly number[],
  relativeError: number,
): void {
  const wrong = probabilities.find((each) => !(each >= 0 && each <= 1));
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot find the quantile of ${wrong}: a share of the rows lies between 0 and 1`,
    );
  }
  if (relativeError >= 0) return;
  throw new RangeError(
    `Cannot find quantiles with a relative error of ${relativeError}: give 0 or more`,
  );
}
