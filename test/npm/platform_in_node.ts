import { platform } from "../../src/common/platform/node.ts";
import { platformChecks } from "../unit/common/platform/conformance.ts";

for (const { name, check } of platformChecks) {
  Deno.test(`platform of Node: ${name}`, () => check(platform));
}
