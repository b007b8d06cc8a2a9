/**
 * Prints how many milliseconds the first capture of this process takes.
 *
 * @module
 */
import { ClosureCapturer } from "../../src/driver/closure/closure_capturer.ts";

const factor = 3;
const start = performance.now();
using capturer = new ClosureCapturer();
await capturer.capture(
  [(line: string) => line.split(" ").length * factor],
  [{ operation: "map()", position: "app.ts:14:9" }],
);
console.log(performance.now() - start);
