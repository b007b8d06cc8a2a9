import assert from "node:assert/strict";

/** What Maven calls a jar: group, name and version, and which of its jars where that is not the main one. */
export type MavenJar = readonly [
  group: string,
  name: string,
  version: string,
  classifier?: string,
];

/**
 * Copies jars from Maven's repository into a folder.
 *
 * @param folder where to; made
 * @param jars the jars
 * @param isWhole whether what they need comes too
 * @returns the files
 */
export async function mavenJars(
  folder: string,
  jars: readonly MavenJar[],
  isWhole: boolean,
): Promise<string[]> {
  await Deno.mkdir(folder, { recursive: true });
  const without = isWhole
    ? ""
    : "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>";
  const dependencies = jars.map(([group, name, version, classifier]) => {
    const which = classifier === undefined
      ? ""
      : `<classifier>${classifier}</classifier>`;
    return `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version>${which}${without}</dependency>`;
  });
  await Deno.writeTextFile(
    `${folder}/pom.xml`,
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>test</groupId><artifactId>test</artifactId><version>1</version>
<dependencies>${dependencies.join("")}</dependencies></project>`,
  );
  const { code, stdout } = await new Deno.Command("mvn", {
    args: [
      "-q",
      "-B",
      "dependency:copy-dependencies",
      "-DoutputDirectory=jars",
    ],
    cwd: folder,
    stdin: "null",
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stdout));
  return [...Deno.readDirSync(`${folder}/jars`)]
    .map(({ name }) => `${folder}/jars/${name}`);
}
