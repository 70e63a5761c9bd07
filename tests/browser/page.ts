/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { packed } from "../portable/case.ts";
import { openPage } from "./chromium.ts";

/** The time of the page in tests of times, in Unix seconds. */
export const NOW = 1_800_000_000;

/** Privileges of which one expires after half an hour. */
export const HALF = { joinChannel: 1800, publishAudioStream: 3600 };

/** A token for user 7 in "stage", which expires `expire` seconds after `issueTs`. */
export function tokenOf(expire: number, privileges: Record<string, number>, issueTs = NOW): Promise<string> {
  return packed({ issueTs, expire, services: [{ type: "rtc", channelName: "stage", uid: "7", privileges }] });
}

/** Opens the page at a fixed time, while its timers run, and types a token into Inspect. */
export async function show(page: Page, token: string, certificate = ""): Promise<void> {
  await page.clock.setFixedTime(NOW * 1000);
  await openPage(page);
  await typeAndSee(page, [{ token, certificate }]);
}

/** What a person enters. */
export interface Typed {
  token: string;
  certificate?: string;
  channelName?: string;
  user?: string;
  service?: string;
}

/** What a person then sees in Inspect. */
export interface Seen {
  title: string;
  text: string;
  details: string;
  /** Its channel and user, and what is allowed. */
  who: string;
  /** The rows of the field table: path, value as shown, first byte. */
  rows: [path: string, value: string, start: number][];
  /** The paths of the rows that are marked as chosen. */
  chosen: string[];
  /** Whether the page says where the bytes break off. */
  breaksOff: string | undefined;
}

/**
 * Types many tokens into Inspect, one after the other, through the input events of its controls, and reads what the page
 * then shows. It all runs within one page without loading it again, so that hundreds of tokens take seconds.
 */
export async function typeAndSee(page: Page, typed: readonly Typed[]): Promise<Seen[]> {
  return await page.evaluate(async (typed) => {
    const panel = document.querySelector("#panel-inspect")!;
    const busy = panel.firstElementChild!;
    const field = (label: string) => {
      const found = [...panel.querySelectorAll("label")].find(({ textContent }) => textContent === label)!;
      return document.getElementById(found.htmlFor) as HTMLInputElement;
    };
    const type = (control: HTMLInputElement, value: string) => {
      control.value = value;
      control.dispatchEvent(new InputEvent("input", { bubbles: true }));
    };
    const text = (selector: string) => panel.querySelector(selector)?.textContent ?? "";
    const seen: Seen[] = [];
    for (const { token, certificate = "", channelName = "", user = "", service = "" } of typed) {
      type(field("Token"), token);
      for (
        const [label, value] of Object.entries({
          "App Certificate": certificate,
          Channel: channelName,
          User: user,
          Service: service,
        })
      ) {
        if (field(label).value !== value) type(field(label), value);
      }
      do await new Promise((done) => setTimeout(done, 0)); while (busy.hasAttribute("aria-busy"));
      for (let more; (more = panel.querySelector<HTMLElement>(".field-table .note button"));) more.click();
      seen.push({
        title: text(".verdict h2"),
        text: text(".verdict h2 + p:not(.until)"),
        details: text(".verdict .details"),
        who: text(".who"),
        rows: panel.querySelector<HTMLElement>(".linked")!.hidden
          ? []
          : [...panel.querySelectorAll<HTMLElement>(".fields tr[data-spans]")].map((row) => [
            row.dataset.path!,
            row.querySelector(".value")!.textContent!,
            parseInt(row.querySelector(".offset")!.textContent!),
          ]),
        chosen: [...panel.querySelectorAll<HTMLElement>(".fields tr[aria-current]")].map(({ dataset }) => dataset.path!),
        breaksOff: panel.querySelector(".fields .break")?.textContent ?? undefined,
      });
    }
    return seen;
  }, typed);
}
