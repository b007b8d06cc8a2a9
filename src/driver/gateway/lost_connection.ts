import { GatewayError } from "../../common/errors.ts";

const GONE: readonly string[] = ["JVM_DIED", "GATEWAY_CLOSED"];
const LOST: readonly string[] = ["CONNECTION_LOST", "CONNECTION_ENDED"];

/** Whether a call failed because there is no JVM any more, or the gateway to it is closed. */
export function isJvmGone(error: unknown): boolean {
  return error instanceof GatewayError && GONE.includes(error.condition);
}

/** Whether a call failed because its connection, and with it its thread of the JVM, is gone. */
export function isConnectionGone(error: unknown): boolean {
  return isJvmGone(error) ||
    (error instanceof GatewayError && LOST.includes(error.condition));
}
