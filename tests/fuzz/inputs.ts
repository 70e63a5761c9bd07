import { Buffer } from "node:buffer";
import { deflateSync } from "node:zlib";
import type { Given } from "./judge.ts";
import { AROUND, checksumsOf, COMPRESSIONS, OF_BYTES, OF_GIVEN, OF_TEXT, OF_TOKEN, OTHERS, shifted006 } from "./mutations.ts";
import { type Random, randomOf } from "./random.ts";
import { givenFor, tokenFrom } from "./tokens.ts";
import { contentOf, hasContent, plainText, textOf, type Wire, written } from "./wire.ts";

// One input: a text, and what it is held to.

/** What the fuzzer gives to the library. */
export interface Input {
  /** The format that the text was made in, or `other`. */
  readonly format: string;
  /** What was done to it; `unchanged` where nothing was. */
  readonly change: string;
  /** The text. */
  readonly text: string;
  /** What it is held to. */
  readonly given: Given;
  /** The token that stands in the text, where it is not the text. */
  readonly inner?: string;
}

/** Where a change is made, and how many of a hundred inputs have one there; the rest are unchanged. */
const STAGES = { token: 14, signature: 4, content: 8, compression: 5, text: 14, around: 8, other: 3 } as const;

function stageFrom(random: Random): keyof typeof STAGES | undefined {
  let rest = random.below(100);
  return (Object.keys(STAGES) as (keyof typeof STAGES)[]).find((stage) => (rest -= STAGES[stage]) < 0);
}

/** The input of a number: the same for the same seed. */
export function inputOf(seed: number, number: number): Input {
  const random = randomOf(seed, number);
  const wire = tokenFrom(random);
  const given = givenFor(wire, random);
  const made = madeFrom(wire, random, stageFrom(random));
  // Of a good token, what it is held to is changed more often.
  const isHeldToOther = random.percent(made.change === "unchanged" ? 35 : 15);
  const other = random.pick(Object.keys(OF_GIVEN));
  if (isHeldToOther) OF_GIVEN[other]!(given, random, made.inner ?? made.text);
  const change = !isHeldToOther
    ? made.change
    : made.change === "unchanged"
    ? `held to ${other}`
    : `${made.change}, held to ${other}`;
  return { format: wire.version, ...made, change, given };
}

type Made = Pick<Input, "text" | "change" | "inner"> & Partial<Pick<Input, "format">>;

function madeFrom(wire: Wire, random: Random, stage: keyof typeof STAGES | undefined): Made {
  const named = <T>(table: Readonly<Record<string, T>>): [string, T] => random.pick(Object.entries(table));
  switch (stage) {
    case "token": {
      const [change, apply] = named(OF_TOKEN);
      apply(wire, random);
      return { text: written(wire), change: `token: ${change}` };
    }
    case "signature": // what its own signature does not cover, or another one
      if (wire.version !== "006") {
        return { text: written({ ...wire, certificate: wire.appId }), change: "signed with the App ID" };
      }
      if (random.percent(50)) return { text: written(shifted006(wire, random)), change: "006: names shifted" };
      return { text: textOf(wire, checksumsOf(contentOf(wire), random)), change: "006: other checksums" };
    case "content": {
      const [change, apply] = named(OF_BYTES);
      if (!hasContent(wire)) {
        return { text: apply(Buffer.from(plainText(wire)), random).toString(), change: `content: ${change}` };
      }
      return { text: textOf(wire, apply(contentOf(wire), random)), change: `content: ${change}` };
    }
    case "compression": {
      const [change, apply] = named(COMPRESSIONS);
      if (wire.version !== "007") return { text: written(wire), change: "unchanged" };
      if (random.percent(60)) {
        return { text: textOf(wire, contentOf(wire), (content) => apply(content, random)), change: `compression: ${change}` };
      }
      const [damage, damaged] = named(OF_BYTES);
      const text = textOf(wire, contentOf(wire), (content) => damaged(deflateSync(content), random));
      return { text, change: `compressed bytes: ${damage}` };
    }
    case "text": {
      const [change, apply] = named(OF_TEXT);
      return { text: apply(written(wire), random), change: `text: ${change}` };
    }
    case "around": {
      const [change, apply] = named(AROUND);
      const inner = written(wire);
      return { text: apply(inner), change: `in ${change}`, inner };
    }
    case "other":
      return { text: random.pick(OTHERS)(random), change: "no token", format: "other" };
    default:
      return { text: written(wire), change: "unchanged" };
  }
}
