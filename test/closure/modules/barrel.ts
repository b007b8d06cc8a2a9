/** Re-exports, as libraries do. */
export { scale as scaled } from "./arithmetic.ts";
export * from "./arithmetic.ts";
export { default as twice } from "./arithmetic.ts";
export * as arithmetic from "./arithmetic.ts";
