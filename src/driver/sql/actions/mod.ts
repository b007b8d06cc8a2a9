/**
 * What a DataFrame's actions and questions do: each makes the plan in the JVM,
 * after all that the session was asked before, and reads the answer.
 *
 * @module
 */
export {
  collect,
  iterate,
  jsonPlan,
  rowsPlan,
  tail,
  take,
  toArrow,
} from "./rows.ts";
export { display } from "./display.ts";
export { observe } from "./observe.ts";
export {
  ask,
  createView,
  dtypes,
  explain,
  inputFiles,
  rowCount,
  sameSemantics,
  schema,
  show,
  storageLevel,
  treeString,
} from "./questions.ts";
