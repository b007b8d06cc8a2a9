import { Buffer } from "node:buffer";
import { open, shut, type Way } from "../way.ts";

/** Builtins changed, so that the worker's own code would run the attacker's. */
export const BUILTINS: readonly Way[] = [
  shut(
    "`TextDecoder.prototype.decode` replaced: it sees secrets and paths",
    () => {
      TextDecoder.prototype.decode = () => "/etc/passwd";
      return "replaced";
    },
  ),
  shut(
    "`Array.prototype[Symbol.iterator]` replaced: it sees the addon's arguments",
    () => {
      Array.prototype[Symbol.iterator] = function* () {} as never;
      return "replaced";
    },
  ),
  shut("`next` of array iterators replaced", () => {
    Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true });
    return "replaced";
  }),
  shut("`next` of generators replaced", () => {
    const generator = Object.getPrototypeOf(function* () {}).prototype;
    Object.getPrototypeOf(generator).next = () => ({ done: true });
    return "replaced";
  }),
  shut(
    "`Uint8Array.prototype.subarray` replaced: it sees all that is sent",
    () => {
      Uint8Array.prototype.subarray = function () {
        return this;
      };
      return "replaced";
    },
  ),
  shut(
    "`DataView.prototype.getInt32` replaced: it counts for the protocol",
    () => {
      DataView.prototype.getInt32 = () => 0;
      return "replaced";
    },
  ),
  shut("`Map.prototype.get` replaced: it sees the worker's tables", () => {
    Map.prototype.get = () => undefined;
    return "replaced";
  }),
  shut("`WeakMap.prototype.get` replaced", () => {
    WeakMap.prototype.get = () => undefined;
    return "replaced";
  }),
  shut("`Promise.prototype.then` replaced", () => {
    Promise.prototype.then = () => Promise.resolve() as never;
    return "replaced";
  }),
  shut("`Promise.resolve`, `Promise.race` replaced", () => {
    Promise.race = () => Promise.resolve() as never;
    return "replaced";
  }),
  shut("`Function.prototype.call` replaced", () => {
    Function.prototype.call = () => "/etc/passwd";
    return "replaced";
  }),
  shut("`Function.prototype[Symbol.hasInstance]` redefined", () => {
    Object.defineProperty(Function.prototype, Symbol.hasInstance, {
      value: () => true,
    });
    return "replaced";
  }),
  shut("`Reflect.get`, `JSON.parse`, `Math.min` replaced", () => {
    JSON.parse = () => ({});
    return "replaced";
  }),
  shut("`RegExp.prototype.exec` replaced", () => {
    RegExp.prototype.exec = () => null;
    return "replaced";
  }),
  shut(
    "`String.prototype.split` deleted",
    () => Reflect.deleteProperty(String.prototype, "split") ? "deleted" : null,
  ),
  shut("A property for all: `Object.prototype.then`", () => {
    Object.defineProperty(Object.prototype, "then", { value: 1 });
    return "added";
  }),
  shut("A property for all: `Object.prototype.socket` by assignment", () => {
    (Object.prototype as Record<string, unknown>)["socket"] = { port: 1 };
    return "added";
  }),
  shut("A setter for array places: `Array.prototype[0]`", () => {
    Object.defineProperty(Array.prototype, "0", { set: () => {} });
    return "added";
  }),
  shut("`Object.prototype.toString` replaced", () => {
    Object.prototype.toString = () => "x";
    return "replaced";
  }),
  shut(
    "`Object.prototype` given another prototype",
    () => Reflect.setPrototypeOf(Uint8Array.prototype, {}) ? "given" : null,
  ),
  shut("The global `Uint8Array` replaced", () => {
    Reflect.set(globalThis, "Uint8Array", Array);
    return globalThis.Uint8Array === (Array as unknown) ? "replaced" : null;
  }),
  shut("The global `Map` redefined", () => {
    Object.defineProperty(globalThis, "Map", { value: Set });
    return "replaced";
  }),
  shut("`Buffer.prototype.utf8Write` replaced", () => {
    Reflect.set(Buffer.prototype, "utf8Write", () => 0);
    return Buffer.prototype.utf8Write.length === 0 ? "replaced" : null;
  }),
  shut("`Deno.stderr.writeSync`, `Deno.memoryUsage` replaced", () => {
    Object.defineProperty(Deno, "memoryUsage", { value: () => ({}) });
    return "replaced";
  }),
  open(
    "`Error.prepareStackTrace` set",
    "packages do that for their own traces; strict code, which the worker is, shows neither its functions nor their `this` there (below)",
    () => {
      const before = Error.prepareStackTrace;
      Error.prepareStackTrace = () => "trace";
      const { stack } = new Error("x");
      Reflect.set(Error, "prepareStackTrace", before);
      return stack === "trace" ? "set" : null;
    },
  ),
  shut(
    "Functions and `this` of the worker by `Error.prepareStackTrace`",
    () => {
      interface CallSite {
        getFunction(): unknown;
        getThis(): unknown;
        getFileName(): string | null;
      }
      const before = Error.prepareStackTrace;
      const limit = Error.stackTraceLimit;
      Reflect.set(Error, "stackTraceLimit", 100);
      Reflect.set(
        Error,
        "prepareStackTrace",
        (_: Error, sites: CallSite[]) =>
          sites.map((site) => {
            const f = site.getFunction();
            const holder = site.getThis();
            const isOwn = site.getFileName()?.startsWith("file:") ?? true;
            return isOwn && (f !== undefined ||
                (holder !== undefined && holder !== globalThis))
              ? `${site.getFileName()}: ${
                String(f).slice(0, 60)
              } ${typeof holder}`
              : "";
          }).filter((text) => text !== ""),
      );
      const { stack } = new Error("x");
      Reflect.set(Error, "prepareStackTrace", before);
      Reflect.set(Error, "stackTraceLimit", limit);
      const found = stack as unknown as string[];
      return found.length > 0 ? found.join() : null;
    },
  ),
  shut("The worker's functions by `caller` of a sloppy function", () => {
    const find = new Function(
      "let f = arguments.callee, n = []; for (let i = 0; i < 50; i++) { f = f.caller; if (!f) break; n.push(String(f).slice(0, 80)); } return n.join('|')",
    );
    const found: unknown = find();
    return typeof found === "string" && found.includes("#") ? found : null;
  }),
];
