/**
 * What the log says of one request. It has no certificate, key, token, path, channel or user: the caller is the id of a key, or
 * a digest of a user.
 */
export interface LogEntry {
  /** When the request came, as ISO 8601. */
  time: string;
  /** The id that the response has in `x-request-id`. */
  id: string;
  /** The id of the route; `none` where the path is no route. */
  route: string;
  /** The caller, if authenticated: `key:` and the id of a key, or `jwt:` and a digest of the user. */
  caller?: string;
  /** The project of the token that was asked for. */
  appId?: string;
  /** The status of the response. */
  status: number;
  /** The code of the error, where the request was refused. */
  code?: string;
  /** The field of the caller's grant that the refusal is about. */
  reason?: string;
  /** How long it took, in milliseconds. */
  ms: number;
}

/** The second that {@linkcode isoTime} gave last, and its text up to the milliseconds: making that takes as long as a response. */
let second = NaN;
let textOfSecond = "";

/** A time as ISO 8601, as `toISOString` gives it. */
export function isoTime(time: number): string {
  const milliseconds = time % 1000;
  if (time - milliseconds !== second) {
    second = time - milliseconds;
    textOfSecond = new Date(time).toISOString().slice(0, -4);
  }
  return `${textOfSecond}${String(milliseconds).padStart(3, "0")}Z`;
}

/** Gives an entry to a log. One that throws or rejects is no reason to refuse a token. */
export function logEntry(log: (entry: LogEntry) => unknown, entry: LogEntry): void {
  try {
    const written = log(entry);
    if (written !== undefined) Promise.resolve(written).catch((error) => report("the log", error));
  } catch (error) {
    report("the log", error);
  }
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

/** Reports a failure on standard error: its kind and place only, since its message may hold anything. */
export function report(what: string, error: unknown): void {
  const { name, stack = "" } = error instanceof Error ? error : { name: typeof error };
  const places = stack.split("\n").filter((line) => /^\s+at /.test(line));
  writeLine(console.error, [`agoratoken: ${what} failed: ${name}`, ...places].join("\n"));
}

/** Writes a line to the console, and goes on where that fails: the disk may be full, or the reader gone. */
export function writeLine(write: (line: string) => void, line: string): void {
  try {
    write(line);
  } catch {
    // There is nowhere left to report it.
  }
}
