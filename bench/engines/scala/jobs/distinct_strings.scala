object DistinctStrings extends Job[Long] {
  def run(spark: SparkSession, input: JobInput): Long = {
    val different = input.records / 5
    spark.sparkContext.range(0, input.records)
      .map(x => s"string${x * 7919 % different}")
      .distinct()
      .count()
  }

  def checksum(result: Long): String = result.toString
}
