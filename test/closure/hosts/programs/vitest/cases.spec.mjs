/** Runs under vitest: functions within a test, and those of the modules. */
import * as lib from "../typescript/lib.ts";
import scale, { place } from "../typescript/lib.ts";
import { cases, early, refused } from "../typescript/all_cases.ts";

const GREETING = "hello";

globalThis.test("functions are captured within a test", async () => {
  const amount = 7;
  const inTest = {
    "a variable of the test": () => `${amount} ${GREETING}`,
    "imports of the test's file": () => `${scale(amount)} ${place("home")}`,
    "import * as in the test's file": () => `${lib.default(amount)}`,
  };
  const { report } = await import(process.env.TSPARK_HOSTS_HARNESS ?? "");
  await report({ ...cases, ...inTest }, refused, early);
});
