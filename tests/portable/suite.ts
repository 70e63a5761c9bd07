import { cases as builders } from "./builders.ts";
import type { Case } from "./case.ts";
import { cases as compat } from "./compat.ts";
import { cases as checks } from "./checked.ts";
import { cases as diagnose } from "./diagnose.ts";
import { inEveryEngine } from "./engines.ts";
import { cases as find } from "./find.ts";
import { cases as inspect } from "./inspect.ts";
import { cases as judgement } from "./judgement.ts";
import { cases as legacy } from "./legacy.ts";
import { cases as legacyBuilders } from "./legacy_builders.ts";
import { cases as legacyDamage } from "./legacy_damage.ts";
import { cases as legacyProperties } from "./legacy_properties.ts";
import { cases as notifications } from "./notifications.ts";
import { cases as properties } from "./properties.ts";
import { cases as vectors } from "./vectors_007.ts";
import { cases as vectorsLegacy } from "./vectors_legacy.ts";
import { cases as verify } from "./verify.ts";
import { cases as view } from "./view.ts";
import { cases as whiteboard } from "./whiteboard.ts";
import { cases as wire } from "./wire.ts";

const cases: readonly Case[] = [
  ...wire,
  ...vectors,
  ...vectorsLegacy,
  ...builders,
  ...compat,
  ...checks,
  ...inspect,
  ...verify,
  ...diagnose,
  ...find,
  ...judgement,
  ...view,
  ...legacy,
  ...legacyBuilders,
  ...legacyDamage,
  ...legacyProperties,
  ...properties,
  ...notifications,
  ...whiteboard,
];

/** The library's suite: one array, run unchanged by a thin runner in each runtime. */
export const suite: readonly Case[] = cases.map(({ name, run }) => ({ name, run: () => inEveryEngine(run) }));
