import { cases as classes } from "./cases/class_cases.ts";
import { cases as decorators } from "./cases/decorator_cases.ts";
import { cases as functions } from "./cases/function_cases.ts";
import { cases as resources } from "./cases/resource_cases.ts";
import { cases as values } from "./cases/value_cases.ts";
import { cases as variables } from "./cases/variable_cases.ts";
import { testCases } from "./run_cases.ts";

await testCases("functions", functions);
await testCases("values", values);
await testCases("classes", classes);
await testCases("variables", variables);
await testCases("decorators", decorators);
await testCases("resources", resources);
