/** Commands that a GitHub runner reads from the output of a step: the marks of a failure, and how other text is kept from giving any. */
import { randomUUID } from "node:crypto";

/** `file` as the repository knows it. */
export interface WorkflowAnnotation {
  readonly kind: "error" | "warning";
  readonly title: string;
  /** May have several lines. */
  readonly text: string;
  readonly file?: string;
  readonly line?: number;
}

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

export function formatAnnotation({ kind, title, text, file, line }: WorkflowAnnotation): string {
  const properties = [
    `title=${escapeProperty(title)}`,
    ...(file === undefined ? [] : [`file=${escapeProperty(file)}`]),
    ...(file === undefined || line === undefined ? [] : [`line=${line}`]),
  ];
  return `::${kind} ${properties.join(",")}::${escapeData(text)}\n`;
}

export const isGitHubActions = (environment: NodeJS.ProcessEnv): boolean => environment["GITHUB_ACTIONS"] === "true";

/** Work that prints for people what a target said: where GitHub reads along, none of it is a command. */
export async function withCommandsStopped<T>(work: () => T | Promise<T>): Promise<T> {
  if (!isGitHubActions(process.env)) return work();
  const resumeCommands = stopCommands(randomUUID(), (text) => void process.stdout.write(text));
  try {
    return await work();
  } finally {
    resumeCommands();
  }
}

/**
 * From now on no text is a command, whoever wrote it, until the returned function is called or the process ends. `token` has
 * to be one that nobody can guess.
 */
export function stopCommands(token: string, write: (text: string) => void): () => void {
  write(`::stop-commands::${token}\n`);
  const resumeCommands = () => {
    process.off("exit", resumeOnExit);
    write(`::${token}::\n`);
  };
  // Whatever broke off may have left half a line.
  const resumeOnExit = () => write(`\n::${token}::\n`);
  process.once("exit", resumeOnExit);
  return resumeCommands;
}
