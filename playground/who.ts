import type { Name } from "../mod.ts";
import { visible } from "../src/inspect/words.ts";
import { copyButton } from "./controls.ts";
import { h } from "./dom.ts";
import { DEMO } from "./examples.ts";
import { language, T } from "./language.ts";
import type { ShownRight, ShownView } from "./shown.ts";
import type { State } from "./state.ts";
import { duration } from "./times.ts";

/** How many services are shown; the table has all. */
const FIRST_RIGHTS = 4;

/** The names that were entered, for the formats that sign names which they do not hold; and whether these are proved. */
export type Entered = Pick<State, "channelName" | "user"> & { fits: boolean };

/**
 * Who may do what, where: one part for each service, and the project.
 *
 * @param isWhole Whether all of the token could be read.
 */
export function who(view: ShownView, now: number, entered: Entered, isWhole: boolean): HTMLElement {
  const more = view.rights.length - FIRST_RIGHTS;
  return h(
    "div",
    { class: view.rights.length > 1 ? "who several" : "who" },
    ...view.rights.slice(0, FIRST_RIGHTS).map((right) => rightItem(right, view, now, entered, isWhole)),
    more > 0 && h("p", { class: "note" }, T.who.more(more)),
    view.appId !== "" && h(
      "p",
      { class: "project" },
      `${view.keyName ?? T.fields.appId} `,
      h("code", {}, view.appId),
      " ",
      view.appId === DEMO.appId ? T.who.demo : copyButton(() => view.appId),
    ),
  );
}

function rightItem(right: ShownRight, view: ShownView, now: number, entered: Entered, isWhole: boolean): HTMLElement {
  const { service = "", privileges } = right;
  const names = nameWords(right, entered);
  return h(
    "div",
    { class: "right" },
    h("span", { class: "label" }, T.who.service(serviceTitle(service))),
    " ",
    h("strong", {}, names.length > 0 ? names.join(T.comma) : isWhole ? T.who.wholeApp : T.who.unread),
    h("ul", { class: "chips", "aria-label": T.who.rights }, ...privileges.map((privilege) => chip(privilege, view, now))),
  );
}

/** A service as people know it. */
export function serviceTitle(service: string): string {
  return language.services[service as "rtc"]?.title ?? T.services004[service as "recording"] ?? service;
}

/** Where and for whom a right is, in words. */
export function nameWords({ service, channel, room, user, names: own }: ShownRight, entered?: Entered): readonly string[] {
  if (own !== undefined) return own;
  const given = (name: keyof Pick<Entered, "channelName" | "user">) => entered?.fits ? entered[name] : "";
  const isEntered = [[channel, given("channelName")], [user, given("user")]].some(([name, entered]) =>
    entered !== "" && ["checksum", "signed-only"].includes((name as Name | undefined)?.kind ?? "")
  );
  const names = [
    channel && named(channel, "channel", given("channelName")),
    room && named(room, "room", ""),
    user && named(user, service === "rtc" ? "uid" : "user", given("user")),
  ].filter((name) => name !== undefined);
  return isEntered ? [...names.slice(0, -1), T.who.entered(names.at(-1)!)] : names;
}

/** A right; with its own end where that is not the token's. */
function chip({ name, expiresAt }: ShownRight["privileges"][number], { validity }: ShownView, now: number): HTMLElement {
  const isOver = expiresAt !== undefined && expiresAt <= now;
  const isOwn = expiresAt !== undefined && expiresAt !== validity.expiresAt;
  const words = T.privileges[name] ?? T.who.privilege(name);
  const end = !isOwn ? "" : isOver ? ` ${T.who.over}` : ` ${T.who.left(duration(expiresAt - now))}`;
  return h("li", { "data-over": isOver }, visible(`${words}${end}`));
}

/** A name as people say it. */
function named(name: Name, what: keyof typeof T.who.names, entered: string): string {
  const words = T.who.names[what];
  switch (name.kind) {
    case "any":
      return words.any;
    case "pattern":
      return name.value === "*" ? words.any : words.pattern(shortened(name.value));
    case "text":
      return name.value === ""
        ? words.none
        : what === "uid" && !isUid(name.value)
        ? T.who.names.account.named(shortened(name.value))
        : words.named(shortened(name.value));
    default:
      return entered === "" ? words[name.kind] : words.named(shortened(entered));
  }
}

/** A name as it can be shown; of a very long one its ends, since the table has all of it. */
export function shortened(name: string): string {
  const characters = [...name];
  return visible(characters.length <= 64 ? name : `${characters.slice(0, 48).join("")}…${characters.slice(-8).join("")}`);
}

const isUid = (text: string) => /^[1-9]\d{0,9}$/.test(text) && Number(text) <= 0xffffffff;
