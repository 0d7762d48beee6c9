/** The text that stands in every log and report in place of a secret. Only runner/redaction writes it. */
export const REDACTED = "[redacted]";
