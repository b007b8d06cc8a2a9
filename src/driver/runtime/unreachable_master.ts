import { errorMessage } from "../../common/error_message.ts";
import { GatewayError } from "../../common/errors.ts";
import { withTimeout } from "../../common/deadline.ts";
import { platform } from "../../common/platform/deno.ts";
import type { JavaObject } from "../gateway/java_object.ts";

const PROBE_MS = 3_000; // how long one address may take to answer

/**
 * Refuses a context that has given up its master: Spark makes the context all
 * the same and stops it a moment later.
 *
 * Peer: `StandaloneSchedulerBackend.start`, which waits until
 * `StandaloneAppClient` is registered or has given up, after three times 20 s;
 * an application that no master knows has the id of `SchedulerBackend`,
 * `spark-application-…`.
 *
 * @param sc the JVM's `SparkContext`, just made
 * @throws GatewayError `MASTER_UNREACHABLE`, with what each address answered
 */
export async function requireMaster(sc: JavaObject): Promise<void> {
  const master = await sc.callString("master");
  if (!master.startsWith("spark://")) return;
  const id = await sc.callString("applicationId");
  if (!id.startsWith("spark-application-")) return;
  const tried = await Promise.all(
    addressesOf(master).map(async (address) =>
      `${address} ${await probe(address)}`
    ),
  );
  throw new GatewayError(
    "MASTER_UNREACHABLE",
    `Cannot start the application: no master at "${master}" took it within the minute that Spark tries (${
      tried.join(", ")
    }); check the address, and that the master runs and has the same version of Spark`,
    { master },
  );
}

/** `spark://a:7077,b:7077` names two masters. */
function addressesOf(master: string): string[] {
  return master.slice("spark://".length).split(",");
}

/** What an address answers now, in a few words. */
async function probe(address: string): Promise<string> {
  const at = address.lastIndexOf(":");
  const host = address.slice(0, at).replace(/^\[|\]$/g, "");
  const opened = platform.connectTcp(host, Number(address.slice(at + 1))).then(
    (socket) => {
      socket.close();
      return "listens, but did not accept the application";
    },
    errorMessage,
  );
  return await withTimeout(PROBE_MS, opened) ?? "does not answer";
}
