import type { AgoraTokenError, Diagnosis, Finding, Inspection, Right, TokenView } from "../mod.ts";
import type { Inspected } from "../src/inspect/inspect.ts";
import type { WhiteboardFindingCode } from "../src/whiteboard/mod.ts";

// What the page shows of a token: what the library says of it, and of a whiteboard token the same things in the same form.

/** A right; that of a whiteboard token names its room and its user in words of its own. */
export interface ShownRight extends Right {
  names?: readonly string[];
}

/** Who may do what with a token, where, and until when. */
export interface ShownView extends Omit<TokenView, "version" | "rights"> {
  rights: ShownRight[];
  /** What stands in place of the App ID, in words. */
  keyName?: string;
}

/** The bytes and fields of a whiteboard token. */
export interface WhiteboardInspection extends Omit<Inspected, "view" | "findings"> {
  version: "whiteboard";
  title: string;
  view: ShownView;
  /** What its fields mean, by their paths. */
  meanings: Readonly<Record<string, string>>;
  /** Absent: nothing here takes it for a token of the project. */
  token?: undefined;
  partial?: undefined;
  /** Why it cannot be read. */
  error?: AgoraTokenError;
}

/** What can be seen in a text. */
export type ShownInspection = Inspection | WhiteboardInspection;

/** One thing that is found. */
export type ShownFinding =
  & Pick<Finding, "severity" | "message" | "advice" | "field" | "span" | "expected" | "actual" | "sdkError" | "messages">
  & { readonly code: Finding["code"] | WhiteboardFindingCode; readonly params: object };

/** Whether a token works, and why not. */
export interface ShownDiagnosis extends Pick<Diagnosis, "verdict" | "ok" | "signature"> {
  findings: readonly ShownFinding[];
}
