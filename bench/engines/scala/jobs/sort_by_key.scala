object SortByKey extends Job[Long] {
  def run(spark: SparkSession, input: JobInput): Long =
    spark.sparkContext.range(0, input.records)
      .map(x => (s"key${x * 48271 % 2147483647}", s"value$x"))
      .sortByKey()
      .count()

  def checksum(result: Long): String = result.toString
}
