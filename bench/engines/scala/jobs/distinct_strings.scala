object DistinctStrings extends Job[Long] {
  def run(spark: SparkSession, file: String, rows: Long): Long =
    spark.sparkContext.range(0, rows, 1, 4)
      .map(x => s"s${x % (rows / 5)}")
      .distinct()
      .count()

  def checksum(result: Long): String = result.toString
}
