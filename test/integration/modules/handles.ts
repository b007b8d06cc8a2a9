/** Handles under another name, as a program's own module may give them on. */
export {
  SparkFiles as Files,
  TaskContext as CurrentTask,
} from "../../../mod.ts";
