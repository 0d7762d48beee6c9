/** The text that replaces a secret in every log and report. Only runner/redaction writes it. */
export const REDACTED = "[redacted]";
