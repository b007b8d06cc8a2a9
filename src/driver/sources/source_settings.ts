/** Whether Spark offers filters to sources of programs; false by default. Spark 4.1 and later. */
export const SETTINGS_OF_FILTERS = "spark.sql.python.filterPushdown.enabled";
