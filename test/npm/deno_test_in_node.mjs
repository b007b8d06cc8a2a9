// What the integration tests ask of Deno, by Node's own test runner.
import test, { after } from "node:test";
import { inspect } from "node:util";

/** In place of `Deno.test`. */
const tsparkTest = (name, body) => {
  if (!LEFT_OUT.test(name)) test(name, (t) => body(stepsOf(t)));
};

tsparkTest.afterAll = after;

/** In place of `Deno.inspect`. */
const tsparkInspect = inspect;

// What Deno has in its cache alone, npm has installed where workers find it.
const LEFT_OUT = /^installed packages:/;

function stepsOf(t) {
  return {
    step: async (name, body) => {
      if (!LEFT_OUT.test(name)) await t.test(name, (own) => body(stepsOf(own)));
    },
  };
}
export { tsparkInspect, tsparkTest };
