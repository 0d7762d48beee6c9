/** The environment → the writes of a stream, so that the log reader of a CI finds no command in the text of a target. */

/** Words of commands, such as `##vso[task.complete …]`, and whether the environment is that of their CI. GitHub's commands can be stopped: see reports/github/workflow-commands.ts. */
const COMMAND_WORDS: readonly (readonly [word: string, isHere: (environment: NodeJS.ProcessEnv) => boolean])[] = [
  ["vso", ({ TF_BUILD = "" }) => TF_BUILD.toLowerCase() === "true"],
  ["teamcity", ({ TEAMCITY_VERSION = "" }) => TEAMCITY_VERSION !== ""],
];

interface TextStream {
  write: NodeJS.WriteStream["write"];
}

/**
 * Commands of Azure Pipelines and TeamCity may be anywhere in a line and cannot be stopped: a blank within `##` keeps them from
 * being read. In other environments nothing changes.
 */
export function breakLogCommands(environment: NodeJS.ProcessEnv, streams: readonly TextStream[]): void {
  const words = COMMAND_WORDS.filter(([, isHere]) => isHere(environment)).map(([word]) => word);
  if (words.length === 0) return;
  // `##[error]` formats a line.
  const command = new RegExp(`##((?:${words.join("|")})?\\[)`, "gi");
  const maxLength = Math.max(...words.map((word) => `##${word}[`.length));
  for (const stream of streams) {
    const write = stream.write.bind(stream) as (chunk: string | Uint8Array, ...rest: unknown[]) => boolean;
    let lastText = "";
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      if (typeof chunk !== "string") return write(chunk, ...rest);
      const continues = (lastText + chunk.slice(0, maxLength)).search(command);
      const isSplit = continues >= 0 && continues < lastText.length;
      const text = (isSplit ? " " : "") + chunk.replace(command, "# #$1");
      lastText = (lastText + text).slice(1 - maxLength);
      return write(text, ...rest);
    };
  }
}
