/** The erasable cases, and those that need a compiler. */
import { cases as erasable } from "./cases.ts";
import { Box, Colour, Mode } from "./compiled.ts";

const box = new Box(1, new Box(2));

/** By what each of them shows. */
export const cases: Record<string, () => unknown> = {
  ...erasable,
  "enums": () => `${Colour.Green} ${Colour[1]} ${Mode.Fast}`,
  "parameter properties": () => `${box.total()} ${new Box(5).size}`,
};

export { early, refused } from "./cases.ts";
