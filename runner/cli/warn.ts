/** A note or warning of one line → standard error, or the callback of a caller of the public API. */
export type Warn = (message: string) => void;

export const warnOnStderr: Warn = (message) => void process.stderr.write(`${message}\n`);
