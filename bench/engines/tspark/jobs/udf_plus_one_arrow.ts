export { default } from "./udf_plus_one.ts";
