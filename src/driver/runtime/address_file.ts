import { platform } from "../../common/platform/deno.ts";
import { plannerAddressText } from "../../protocol/planner_link.ts";
import type { ServerAddress } from "../gateway/local_server.ts";

/**
 * Writes the file by which worker processes find a server of this program.
 *
 * @param path the file, which this user alone may read
 * @param address where the server listens
 * @param secret what a connection has to begin with
 */
export async function writeAddressFile(
  path: string,
  address: ServerAddress,
  secret: string,
): Promise<void> {
  const isTcp = address.kind === "tcp";
  const text = plannerAddressText({
    host: isTcp ? address.host : "",
    port: isTcp ? address.port : 0,
    path: isTcp ? null : address.path,
    secret,
  });
  await platform.writeAtomically(path, text, 0o600);
}
