/** Passes an error to the app's `onError`; what goes wrong in there, at once or later, is ignored. */
export async function report(onError: ((error: unknown) => unknown) | undefined, error: unknown): Promise<void> {
  try {
    await onError?.(error);
  } catch {
    // It is the app's own error.
  }
}
