import process from "node:process";
import { VERSION } from "../common/version.ts";
import { say } from "./terminal.ts";

/** `tspark version`: tells the version of TSpark, of the runtime, and the platform. */
export function tellVersion(): void {
  const { deno, node } = process.versions;
  const runtime = deno === undefined ? `Node ${node}` : `Deno ${deno}`;
  say(`tspark ${VERSION}, ${runtime}, ${process.platform} ${process.arch}`);
}
