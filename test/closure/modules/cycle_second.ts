/** Runs before the module that it imports, which imports it. */
import { type EarlyCaptures, tryCapture } from "../try_capture.ts";
import Main, {
  Color,
  declared,
  limit as bound,
  Point,
  reach,
} from "./cycle_first.ts";
import * as first from "./cycle_first.ts";
import { Point as Passed } from "./cycle_barrel.ts";

/** Captured while the other module has not run. */
export const captured: EarlyCaptures = await tryCapture({
  "a function that is there": () => declared(1),
  "a class": () => new Point(1).x,
  "a const under another name": () => bound,
  "an enum": () => Color.Red,
  "a default export": () => new Main().x,
  "a class of the namespace": () => new first.Point(1).x,
  "a class that a barrel passes on": () => new Passed(1).x,
  "a const that its own function needs": () => reach(),
});

/** What the other module uses. */
export const shared = 1;
