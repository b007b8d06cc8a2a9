object SortStrings extends Job[Long] {
  def run(spark: SparkSession, file: String, rows: Long): Long =
    spark.sparkContext.range(0, rows, 1, 4)
      .map(x => (s"k${(x * 7919) % 1000003}", s"v$x"))
      .sortByKey()
      .count()

  def checksum(result: Long): String = result.toString
}
