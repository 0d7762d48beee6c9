/** The output of a step → the workflow commands that a GitHub runner executes, in the documented syntax and in the older one. */

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Undoes the escapes of a command's text. */
const unescapeText = (text: string): string =>
  text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
/** Undoes the escapes of a command's property. */
const unescapeProperty = (text: string): string => unescapeText(text.replaceAll("%3A", ":").replaceAll("%2C", ","));

function parseLine(line: string): Command | null {
  // `::name key=value,key=value::text`, at the start of a line; in the older style `##[name]text`, anywhere in it.
  const current = /^\s*::([^\s:]+)(?:\s+([^\n]*?))?::(.*)$/s.exec(line);
  const old = /##\[([^\]\s]+)(?:\s+([^\]]*))?\](.*)$/s.exec(line);
  const [, name = "", list = "", text = ""] = current ?? old ?? [];
  if (name === "") return null;
  const properties = list
    .split(current ? "," : ";")
    .map((pair) => /^\s*([^=]+)=(.*)$/s.exec(pair))
    .flatMap((pair) => (pair ? [[pair[1] ?? "", unescapeProperty(pair[2] ?? "")] as const] : []));
  return { name, properties: Object.fromEntries(properties), text: unescapeText(text) };
}

/** `commandsStopped`: true if the output ends between `stop-commands` and its token, so that commands of later steps would be ignored. */
export function parseWorkflowCommands(output: string): { commands: Command[]; commandsStopped: boolean } {
  const commands: Command[] = [];
  let token = "";
  for (const line of output.split(/\r\n|\n|\r/)) {
    const command = parseLine(line);
    if (command === null) continue;
    if (token !== "") {
      if (command.name.toLowerCase() === token.toLowerCase()) token = "";
    } else if (command.name === "stop-commands") token = command.text;
    else commands.push(command);
  }
  return { commands, commandsStopped: token !== "" };
}
