/** The arguments of a call. */
export type Input = Readonly<Record<string, unknown>>;

/** A part of an answer, as JSON. */
export type Answer = { [name: string]: unknown };

/** What is known of the project. */
export interface Known {
  /** The App ID; empty where it is not known. */
  readonly appId: string;
  /** The App Certificate as it was given; none where it is not known. */
  readonly certificates: readonly string[];
}
