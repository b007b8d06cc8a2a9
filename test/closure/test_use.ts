/** The call that every test pretends to be. */
export const TEST_USE = [{ operation: "map()", position: "app.ts:14:9" }];
