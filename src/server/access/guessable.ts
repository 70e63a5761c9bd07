/** Words of secrets that people make up or copy from samples. */
const WORDS = /secret|passw|change|example|sample|your|test|demo|default|admin|token|1234|abcd|qwer/i;

/**
 * Whether a secret may be guessed: it has a word of samples, repeats itself, or is one word after another. Of a random one with
 * 128 bits or more, as hexadecimal digits or base64, nearly every three neighbours are different, and some are digits.
 */
export function isGuessable(secret: string): boolean {
  const neighbours = new Set(Array.from({ length: secret.length - 2 }, (_, index) => secret.slice(index, index + 3)));
  return WORDS.test(secret) || neighbours.size < secret.length * 0.6 || !/[0-9]/.test(secret) || new Set(secret).size < 9;
}
