import {
  AnalysisException,
  functions as F,
  IllegalArgumentException,
  ParseException,
  SparkNoSuchElementException,
} from "../../../mod.ts";
import { type BadInput, type BadInputs, people } from "./bad_input.ts";

/** Plans that make no sense. */
export function planCases({ spark }: BadInputs): BadInput[] {
  const { u } = people(spark);
  return [
    {
      title: "select() of a column that is not there",
      run: () => u.select("nme").collect(),
      kind: AnalysisException,
      condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
      sqlState: "42703",
      parameters: { objectName: "`nme`", proposal: "`n`, `name`, `id`" },
      text:
        "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `nme` cannot be resolved. Did you mean one of the following? [`n`, `name`, `id`]. SQLSTATE: 42703;",
    },
    {
      title: "a condition of a column that is not there",
      run: () => u.where("nme = 1").collect(),
      kind: AnalysisException,
      condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
      sqlState: "42703",
      parameters: { objectName: "`nme`", proposal: "`n`, `name`, `id`" },
      text:
        "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `nme` cannot be resolved. Did you mean one of the following? [`n`, `name`, `id`]. SQLSTATE: 42703; line 1 pos 0;",
    },
    {
      title: "a field that is not there",
      run: () =>
        spark.sql("SELECT struct(1 AS a) AS s").select("s.b").collect(),
      kind: AnalysisException,
      condition: "FIELD_NOT_FOUND",
      sqlState: "42704",
      parameters: { fieldName: "`b`", fields: "`a`" },
      text:
        "[FIELD_NOT_FOUND] No such struct field `b` in `a`. SQLSTATE: 42704",
    },
    {
      title: "a name that two frames have",
      run: () =>
        u.join(u.select(u.col("id").as("id")), F.lit(true) as never).select(
          "id",
        ).collect(),
      kind: AnalysisException,
      condition: "AMBIGUOUS_REFERENCE",
      sqlState: "42704",
      parameters: { name: "`id`", referenceNames: "[`id`, `id`]" },
      text:
        "[AMBIGUOUS_REFERENCE] Reference `id` is ambiguous, could be: [`id`, `id`]. SQLSTATE: 42704",
    },
    {
      title: "a frame joined with itself by a name",
      run: () => {
        const d = u;
        return d.join(d, F.expr("id = id") as never).collect();
      },
      kind: AnalysisException,
      condition: "AMBIGUOUS_REFERENCE",
      sqlState: "42704",
      parameters: { name: "`id`", referenceNames: "[`id`, `id`]" },
      text:
        "[AMBIGUOUS_REFERENCE] Reference `id` is ambiguous, could be: [`id`, `id`]. SQLSTATE: 42704; line 1 pos 0",
    },
    {
      title: "a condition that is no boolean",
      run: () => u.where(F.col("name") as never).collect(),
      kind: AnalysisException,
      condition: "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
      sqlState: "42K09",
      parameters: { sqlExpr: '"name"', filter: '"name"', type: '"STRING"' },
      text:
        '[DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN] Cannot resolve "name" due to data type mismatch: Filter expression "name" of type "STRING" is not a boolean. SQLSTATE: 42K09;',
    },
    {
      title: "a union of other widths",
      run: () => (u.select("id") as never as typeof u).union(u).collect(),
      kind: AnalysisException,
      condition: "NUM_COLUMNS_MISMATCH",
      sqlState: "42826",
      parameters: {
        operator: "UNION",
        firstNumColumns: "1",
        invalidOrdinalNum: "second",
        invalidNumColumns: "3",
      },
      text:
        "[NUM_COLUMNS_MISMATCH] UNION can only be performed on inputs with the same number of columns, but the first input has 1 columns and the second input has 3 columns. SQLSTATE: 42826;",
    },
    {
      title: "a union of other types",
      run: () =>
        spark.sql("SELECT 1 a").union(spark.sql("SELECT array(1) a") as never)
          .collect(),
      kind: AnalysisException,
      condition: "INCOMPATIBLE_COLUMN_TYPE",
      sqlState: "42825",
      parameters: {
        tableOrdinalNumber: "second",
        columnOrdinalNumber: "first",
        dataType2: '"INT"',
        operator: "UNION",
        hint: "",
        dataType1: '"ARRAY<INT>"',
      },
      text:
        '[INCOMPATIBLE_COLUMN_TYPE] UNION can only be performed on tables with compatible column types. The first column of the second table is "ARRAY<INT>" type which is not compatible with "INT" at the same column of the first table.. SQLSTATE: 42825;',
    },
    {
      title: "a column that is not grouped by",
      run: () => u.groupBy("id").agg(F.col("name") as never).collect(),
      kind: AnalysisException,
      condition: "MISSING_AGGREGATION",
      sqlState: "42803",
      parameters: {
        expression: '"name"',
        expressionAnyValue: '"any_value(name)"',
      },
      text:
        '[MISSING_AGGREGATION] The non-aggregating expression "name" is based on columns which are not participating in the GROUP BY clause.',
    },
    {
      title: "a window in a condition",
      run: () => u.where("row_number() OVER (ORDER BY id) = 1").collect(),
      kind: AnalysisException,
      condition: "WINDOW_FUNCTION_NOT_ALLOWED_IN_CLAUSE",
      sqlState: "42601",
      parameters: { clauseName: "WHERE" },
      text:
        "[WINDOW_FUNCTION_NOT_ALLOWED_IN_CLAUSE] It is not allowed to use window functions inside WHERE clause. SQLSTATE: 42601",
    },
    {
      title: "a schema of from_json() that is none",
      run: () => spark.sql("SELECT from_json('{', 'a INTT')").collect(),
      kind: AnalysisException,
      condition: "PARSE_SYNTAX_ERROR",
      sqlState: "42601",
      parameters: { error: "'INTT'", hint: ": extra input 'INTT'" },
      text:
        "[PARSE_SYNTAX_ERROR] Syntax error at or near 'INTT': extra input 'INTT'. SQLSTATE: 42601; line 1 pos 7",
    },
    {
      title: "SQL that is none",
      run: () => spark.sql("SELEC 1").collect(),
      kind: ParseException,
      condition: "PARSE_SYNTAX_ERROR",
      sqlState: "42601",
      parameters: { error: "'SELEC'", hint: "" },
      text:
        "[PARSE_SYNTAX_ERROR] Syntax error at or near 'SELEC'. SQLSTATE: 42601 (line 1, pos 0)",
    },
    {
      title: "a function that is not there",
      run: () => spark.sql("SELECT nosuch(1)").collect(),
      kind: AnalysisException,
      condition: "UNRESOLVED_ROUTINE",
      sqlState: "42883",
      parameters: {
        routineName: "`nosuch`",
        searchPath:
          "[`system`.`builtin`, `system`.`session`, `spark_catalog`.`default`]",
      },
      text:
        "[UNRESOLVED_ROUTINE] Cannot resolve routine `nosuch` on search path [`system`.`builtin`, `system`.`session`, `spark_catalog`.`default`]. SQLSTATE: 42883; line 1 pos 7",
    },
    {
      title: "arguments that a function does not take",
      run: () => spark.sql("SELECT upper(1, 2)").collect(),
      kind: AnalysisException,
      condition: "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
      sqlState: "42605",
      parameters: {
        functionName: "`upper`",
        expectedNum: "1",
        actualNum: "2",
        docroot: "https://spark.apache.org/docs/latest",
      },
      text:
        "[WRONG_NUM_ARGS.WITHOUT_SUGGESTION] The `upper` requires 1 parameters but the actual number is 2. Please, refer to 'https://spark.apache.org/docs/latest/sql-ref-functions.html' for a fix. SQLSTATE: 42605; line 1 pos 7",
    },
    {
      title: "a type that a function does not take",
      run: () => spark.sql("SELECT sum(array(1))").collect(),
      kind: AnalysisException,
      condition: "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
      sqlState: "42K09",
      parameters: {
        sqlExpr: '"sum(array(1))"',
        paramIndex: "first",
        inputSql: '"array(1)"',
        inputType: '"ARRAY<INT>"',
        requiredType: '"NUMERIC" or "ANSI INTERVAL"',
      },
      text:
        '[DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE] Cannot resolve "sum(array(1))" due to data type mismatch: The first parameter requires the "NUMERIC" or "ANSI INTERVAL" type, however "array(1)" has the type "ARRAY<INT>". SQLSTATE: 42K09; line 1 pos 7;',
    },
    {
      title: "a share beyond 1",
      run: () => u.sample(2).collect(),
      kind: IllegalArgumentException,
      condition: "JAVA_EXCEPTION",
      sqlState: undefined,
      parameters: {},
      text:
        "requirement failed: Sampling fraction (2.0) must be on interval [0, 1] without replacement",
    },
    {
      title: "no partitions",
      run: () => u.repartition(0).collect(),
      kind: IllegalArgumentException,
      condition: "JAVA_EXCEPTION",
      sqlState: undefined,
      parameters: {},
      text: "requirement failed: Number of partitions (0) must be positive.",
    },
    {
      title: "a view that is there",
      run: async () => {
        await u.createTempView("bad_v");
        await u.createTempView("bad_v");
      },
      kind: AnalysisException,
      condition: "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
      sqlState: "42P07",
      parameters: { relationName: "`bad_v`" },
      text:
        "[TEMP_TABLE_OR_VIEW_ALREADY_EXISTS] Cannot create the temporary view `bad_v` because it already exists.",
    },
    {
      title: "a pivot by a column that is not there",
      run: () => u.groupBy("id").pivot("nme" as never).count().collect(),
      kind: AnalysisException,
      condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
      sqlState: "42703",
      parameters: { objectName: "`nme`", proposal: "`id`, `name`, `n`" },
      text:
        "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `nme` cannot be resolved. Did you mean one of the following? [`id`, `name`, `n`]. SQLSTATE: 42703",
    },
    {
      title: "a setting that is fixed",
      run: () => spark.conf.set("spark.sql.warehouse.dir", "/x"),
      kind: AnalysisException,
      condition: "CANNOT_MODIFY_STATIC_CONFIG",
      sqlState: "46110",
      parameters: { key: '"spark.sql.warehouse.dir"' },
      text:
        '[CANNOT_MODIFY_STATIC_CONFIG] Cannot modify the value of the static Spark config: "spark.sql.warehouse.dir". SQLSTATE: 46110',
    },
    {
      title: "a setting that is not there",
      run: () => spark.conf.get("no.such.setting"),
      kind: SparkNoSuchElementException,
      condition: "SQL_CONF_NOT_FOUND",
      sqlState: "42K0I",
      parameters: { sqlConf: '"no.such.setting"' },
      text:
        '[SQL_CONF_NOT_FOUND] The SQL config "no.such.setting" cannot be found. Please verify that the config exists. SQLSTATE: 42K0I',
    },
    {
      title: "a parameter without a value",
      run: () => spark.sql("SELECT :a").collect(),
      kind: AnalysisException,
      condition: "UNBOUND_SQL_PARAMETER",
      sqlState: "42P02",
      parameters: { name: "a" },
      text:
        "[UNBOUND_SQL_PARAMETER] Found the unbound parameter: a. Please, fix `args` and provide a mapping of the parameter to either a SQL literal or collection constructor functions such as `map()`, `array()`, `struct()`. SQLSTATE: 42P02",
    },
  ];
}
