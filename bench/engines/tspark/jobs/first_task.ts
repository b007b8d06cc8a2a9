export { default } from "./start_up.ts";
