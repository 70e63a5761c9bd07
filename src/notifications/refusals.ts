/** Why a notification was refused: stable strings that callers may branch on. */
export type NotificationRefusalCode =
  /** The request has neither of the two headers. */
  | "signature-missing"
  /** A header is not a signature: its form is another. */
  | "signature-malformed"
  /** The body has no bytes: most often something read it before. */
  | "body-empty"
  /** What Agora signed has the same JSON in other bytes: the body was parsed and written again. */
  | "body-rewritten"
  /** The secret has whitespace around it, and is right without. */
  | "secret-whitespace"
  /** The signature is not that of this body and this secret. */
  | "signature-mismatch"
  /** Agora signed the body, but it is not the JSON of a notification. */
  | "not-a-notification"
  /** Agora signed it longer ago than `maxAge`, or as much in the future. */
  | "wrong-time";

/** What is wrong and what to do, each one sentence. `{0}` is a value: the header, or a number of seconds. */
export const REFUSALS: Readonly<Record<NotificationRefusalCode, readonly [message: string, advice: string]>> = {
  "signature-missing": [
    "The request has neither the header Agora-Signature-V2 nor Agora-Signature.",
    "Refuse it, unless a proxy removes headers: Agora sends both with every notification.",
  ],
  "signature-malformed": [
    "The header {0} is not a signature in lower-case hexadecimal: 64 digits for Agora-Signature-V2, 40 for Agora-Signature.",
    "Pass the headers as they were received, each once.",
  ],
  "body-empty": [
    "The body has no bytes.",
    "Read the raw body before anything else does: a body parser leaves none.",
  ],
  "body-rewritten": [
    "Agora signed the same JSON in other bytes: the body was parsed and written again.",
    "Verify the bytes as received: express.raw({ type: () => true }) in Express, request.arrayBuffer() with Fetch.",
  ],
  "secret-whitespace": [
    "The secret has whitespace around it, and is right without.",
    "Remove it where the secret is configured.",
  ],
  "signature-mismatch": [
    "The signature in {0} is not that of this body and this secret.",
    "Refuse it; if all are refused, check that the secret is that of this notification configuration in the console, which " +
    "is not the App Certificate, and that the body is passed as received.",
  ],
  "not-a-notification": [
    "The body is signed, but is not JSON with noticeId, productId, eventType, notifyMs and payload.",
    "Read the documentation of the product for what it sends.",
  ],
  "wrong-time": [
    "The notification was sent {0}.",
    "Refuse it as a repeat; if all are refused, check the clock of this machine.",
  ],
};
