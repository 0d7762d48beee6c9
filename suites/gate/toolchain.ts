/** The languages of the drivers: what installs the packages of a driver, and what starts it. */

export interface Toolchain {
  /** A file of the driver's folder, which shows its language and pins its packages. */
  readonly lockFile: string;
  /** The programs that it needs on the PATH. */
  readonly programs: readonly string[];
  /** What to install where one of them is absent. */
  readonly remedy: string;
  /** Commands that install the packages and build the driver, in its folder. */
  readonly install: readonly string[];
  /** `folder`: of the driver. The command is started in the root of the repository. */
  readonly start: (folder: string) => string;
}

export const toolchains: readonly Toolchain[] = [
  // Its packages are those of the repository, so `npm ci` has installed them.
  {
    lockFile: "driver.mjs",
    programs: ["node"],
    remedy: "Node 20.19 or newer",
    install: [],
    start: (folder) => `node ${folder}/driver.mjs`,
  },
  {
    lockFile: "requirements.txt",
    programs: ["python3"],
    remedy: "Python 3.9 or newer with its modules venv and pip",
    install: ["python3 -m venv .venv", ".venv/bin/pip install --quiet -r requirements.txt"],
    start: (folder) => `${folder}/.venv/bin/python ${folder}/driver.py`,
  },
  {
    lockFile: "go.mod",
    programs: ["go"],
    remedy: "Go 1.24 or newer",
    install: ["go mod download", "go build -o driver ."],
    start: (folder) => `${folder}/driver`,
  },
  {
    lockFile: "pom.xml",
    programs: ["mvn", "java"],
    remedy: "Maven 3.6 and a JDK 17, or newer ones",
    install: ["mvn -q -B package"],
    // Compiled once: a driver does not run long enough for the second compiler to save more time than it takes.
    start: (folder) =>
      `java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '${folder}/target/classes:${folder}/target/dependency/*' Driver`,
  },
];
