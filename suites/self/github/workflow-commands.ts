/** Lines of a step's output → the commands that a GitHub runner takes from them, by its documented rules and those of its older style. */

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly text: string;
}

const plain = (text: string): string => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
const property = (text: string): string => plain(text.replaceAll("%3A", ":").replaceAll("%2C", ","));

function commandIn(line: string): Command | null {
  // `::name key=value,key=value::text`, at the start of a line; in the older style `##[name]text`, anywhere in it.
  const now = /^\s*::([^\s:]+)(?:\s+([^\n]*?))?::(.*)$/s.exec(line);
  const old = /##\[([^\]\s]+)(?:\s+([^\]]*))?\](.*)$/s.exec(line);
  const [, name = "", list = "", text = ""] = now ?? old ?? [];
  if (name === "") return null;
  const properties = list
    .split(now ? "," : ";")
    .map((one) => /^\s*([^=]+)=(.*)$/s.exec(one))
    .flatMap((one) => (one ? [[one[1] ?? "", property(one[2] ?? "")] as const] : []));
  return { name, properties: Object.fromEntries(properties), text: plain(text) };
}

/** `muted` is true where the step ended with its commands still stopped. */
export function parseWorkflowCommands(output: string): { commands: Command[]; muted: boolean } {
  const commands: Command[] = [];
  let token = "";
  for (const line of output.split(/\r\n|\n|\r/)) {
    const command = commandIn(line);
    if (command === null) continue;
    if (token !== "") {
      if (command.name.toLowerCase() === token.toLowerCase()) token = "";
    } else if (command.name === "stop-commands") token = command.text;
    else commands.push(command);
  }
  return { commands, muted: token !== "" };
}
