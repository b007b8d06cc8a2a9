/**
 * The type of what nobody declared: a column of an untyped frame takes every
 * operator and every value.
 */
// deno-lint-ignore no-explicit-any -- the one place: `unknown` would forbid every operator
export type Untyped = any;
