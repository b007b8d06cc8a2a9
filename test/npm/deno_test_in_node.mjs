// What the integration tests ask of Deno's test runner, by Node's.
import test from "node:test";

export const tsparkDenoTest = (name, body) =>
  test(name, (t) => body(stepper(t)));

function stepper(t) {
  return {
    step: (name, body) => t.test(name, (inner) => body(stepper(inner))),
  };
}
