/** Workflow commands, which a GitHub runner reads from the output of a step: annotations, and how to keep untrusted text from being read as a command. */
import { randomUUID } from "node:crypto";

/** `file`: relative to the root of the repository. */
export interface WorkflowAnnotation {
  readonly kind: "error" | "warning";
  readonly title: string;
  /** May have several lines, separated by line feeds. */
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

/** Runs work that prints text of a target; on GitHub, workflow commands are stopped meanwhile. */
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
 * Stops workflow commands until the returned function is called or the process ends. `token` must be unguessable,
 * because the runner resumes commands at `::token::`.
 */
export function stopCommands(token: string, write: (text: string) => void): () => void {
  write(`::stop-commands::${token}\n`);
  const resumeCommands = () => {
    process.off("exit", resumeOnExit);
    write(`::${token}::\n`);
  };
  // Interrupted output may end within a line, and the command must begin a line.
  const resumeOnExit = () => write(`\n::${token}::\n`);
  process.once("exit", resumeOnExit);
  return resumeCommands;
}
