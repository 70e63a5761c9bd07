/**
 * What is told of one request. No certificate, key, token, path, channel or user is in it: the caller is the id of a key, or
 * stands for a user without naming it.
 */
export interface LogEntry {
  /** When the request came, as ISO 8601. */
  time: string;
  /** The id that the response has in `x-request-id`. */
  id: string;
  /** The id of the route; `none` where the path is no route. */
  route: string;
  /** Who called, where it is known. */
  caller?: string;
  /** The project of the token that was asked for. */
  appId?: string;
  /** The status of the response. */
  status: number;
  /** Why it was refused: the code of the error. */
  code?: string;
  /** What of the caller's grant the refusal is about. */
  reason?: string;
  /** How long it took, in milliseconds. */
  ms: number;
}

/** Writes an entry as one line of JSON to standard output. */
export function jsonLog(entry: LogEntry): void {
  console.log(JSON.stringify(entry));
}

/** Writes an entry for a person to read. */
export function prettyLog({ time, id, route, caller = "-", appId, status, code, reason, ms }: LogEntry): void {
  const why = [code, reason].filter((part) => part !== undefined).join(": ");
  const project = appId === undefined ? "" : `  ${appId.slice(0, 6)}…`;
  console.log(
    `${time.slice(11, 23)}  ${status}  ${ms.toFixed(1).padStart(6)} ms  ${route}  ${caller}${project}  ${why}  ${id}`,
  );
}
