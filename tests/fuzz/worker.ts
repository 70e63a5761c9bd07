import { run } from "./run.ts";
import { runRequests } from "./server.ts";

// Runs batches of inputs in a thread of its own.

/** A batch: the numbers of its inputs, from `from` to before `to`. */
export interface Batch {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly only: string;
  readonly isServer: boolean;
}

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<Batch>) => unknown;
  postMessage: (message: unknown) => void;
};

scope.onmessage = async ({ data: { seed, from, to, only, isServer } }) => {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  scope.postMessage(await (isServer ? runRequests : run)(seed, numbers, only));
};
