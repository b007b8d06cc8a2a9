import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Lets V8 collect what nobody holds, weak tables and finalisers included. */
export async function collectGarbage(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let round = 0; round < 3; round++) {
    collect();
    // Finalisers run in a turn of their own, and weak tables let go in the next round.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
