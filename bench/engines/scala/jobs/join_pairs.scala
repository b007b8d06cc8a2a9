object JoinPairs extends Job[Long] {
  def run(spark: SparkSession, file: String, rows: Long): Long = {
    val numbers = spark.sparkContext.range(0, rows, 1, 4)
    numbers.map(x => (x, x + 1)).join(numbers.map(x => (x, x * 2))).count()
  }

  def checksum(result: Long): String = result.toString
}
