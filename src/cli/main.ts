/**
 * The command `tspark`.
 *
 * @module
 */
import process from "node:process";
import { runCommandLine } from "./command_line.ts";

// Set, not exited with: what is still to be written gets written.
// No top-level await: the npm package holds this as CommonJS as well.
runCommandLine(process.argv.slice(2)).then((code) => process.exitCode = code);
