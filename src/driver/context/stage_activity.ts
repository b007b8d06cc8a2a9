import type { SparkRuntime } from "../runtime/runtime.ts";

/**
 * Tells what Spark does in a stage that no operation of the program asked for.
 *
 * Peer: `HadoopFSUtils.parallelListLeafFilesInternal`, whose job has a
 * description; Spark 3.5 – 4.3.
 *
 * @param stageId the stage, as the Spark UI numbers it
 * @returns such as `"listing files"`; null for any other stage, and for one that
 *   Spark does not know
 */
export async function stageActivity(
  { gateway, jsc }: SparkRuntime,
  stageId: number,
): Promise<string | null> {
  try {
    // On a connection of its own, as all that the display asks.
    return await gateway.apart(() =>
      gateway.scope(async () => {
        const sc = await jsc.callObject("sc");
        const store = await sc.callObject("statusStore");
        const stage = await store.callObject("lastStageAttempt", stageId);
        const description = await stage.callObject("description");
        if (!await description.callBoolean("isDefined")) return null;
        return activityOf(await description.callString("get"));
      })
    );
  } catch {
    return null; // it has gone
  }
}

/** What a job's description says, in a few words; null where it is the program's own. */
function activityOf(description: string): string | null {
  return description.startsWith(LISTING) ? "listing files" : null;
}

const LISTING = "Listing leaf files and directories for ";
