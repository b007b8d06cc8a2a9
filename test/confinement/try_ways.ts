import type { SparkContext } from "../../mod.ts";
import type { Way } from "./way.ts";

/** What came of an attempt. */
export interface Outcome {
  /** What was gained; null for nothing. */
  readonly gained: string | null;
  /** What was said where it was refused; null where there was nothing to refuse. */
  readonly refusal: string | null;
}

const AT_ONCE = 4; // jobs; each is one small task

/**
 * Makes all attempts in confined workers, each in a job of its own: some end
 * their task, or their worker.
 *
 * @returns the outcomes, in the order of the ways
 */
export async function tryWays(
  sc: SparkContext,
  ways: readonly Way[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const rest = [...ways.entries()];
  const work = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      const [at, way] = next;
      outcomes[at] = await tryWay(sc, way);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes;
}

async function tryWay(sc: SparkContext, { attempt }: Way): Promise<Outcome> {
  try {
    const [outcome] = await sc.parallelize([0], 1).mapAsync(
      async (): Promise<Outcome> => {
        try {
          const gained = await attempt();
          return gained === null || gained === undefined
            ? { gained: null, refusal: null }
            : { gained: String(gained), refusal: null };
        } catch (error) {
          const { name, message } = error as Error;
          return { gained: null, refusal: `${name}: ${message}` };
        }
      },
    ).collect();
    return outcome ?? { gained: null, refusal: "no outcome" };
  } catch (error) {
    const { message } = error as Error;
    const text = message.includes("worker exited unexpectedly")
      ? "The worker ended"
      : message.split("\n")[0] ?? "";
    return { gained: null, refusal: text };
  }
}
