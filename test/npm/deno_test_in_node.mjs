// What the integration tests ask of Deno, by Node's own test runner.
import test from "node:test";
import { inspect } from "node:util";

/** In place of `Deno.test`. */
const tsparkTest = (name, body) => {
  if (!LEFT_OUT.test(name)) test(name, (t) => body(stepsOf(t)));
};

/** In place of `Deno.inspect`. */
const tsparkInspect = inspect;

// A hundred partitions are the workers' matter: Deno's run covers them. And
// what Deno has in its cache alone, npm has installed where workers find it.
const LEFT_OUT = / on 100 partitions$|^installed packages:/;

function stepsOf(t) {
  return {
    step: async (name, body) => {
      if (!LEFT_OUT.test(name)) await t.test(name, (own) => body(stepsOf(own)));
    },
  };
}
export { tsparkInspect, tsparkTest };
