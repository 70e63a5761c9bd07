import { fitsPattern } from "../../formats/pattern.ts";
import type { Name, Right } from "../../formats/view.ts";
import { type Expected, fits, type NamesHeldTo } from "../expected.ts";
import { type Observation, observed } from "../findings.ts";
import { isUidText, LONGEST_COMPARED, mistakenFor, mistakenGiven, type OtherNames, whereDifferent } from "../names.ts";
import { nameOfChecksum } from "../names_of_checksums.ts";

// Where the names that a token has for a service are not those given, and how they may have come to be others.

/** The names that a token has for one service. */
export type Names = Pick<Right, "service" | "channel" | "user">;

/** Where names of a token are not those given: none where they fit, and one where they are exchanged. */
export function misfits(
  names: Names,
  { channelName, user }: NamesHeldTo,
  appId: string,
  expected: Expected,
): Observation[] {
  const channelFound = misfit("channel", names, channelName, { other: user, appId }, expected);
  const userFound = misfit("user", names, user, { other: channelName, appId }, expected);
  const found = [...channelFound, ...userFound];
  if (channelFound.length === 0 || userFound.length === 0 || !channelName || user === undefined) return found;
  const { kind: by, path } = names.channel!;
  const asChannel = user === "" ? "0" : user; // only as a user is the number 0 the empty text
  const isExchanged = (by === "text" || by === "checksum") && fits(names.channel!, asChannel) && fits(names.user!, channelName);
  return isExchanged ? [observed("names-exchanged", { channel: channelName, user: asChannel, by }, { field: path })] : found;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function misfit(
  what: "channel" | "user",
  { service, channel, ...names }: Names,
  expected: string | undefined,
  others: OtherNames,
  { account }: Expected,
): Observation[] {
  const name: Name | undefined = what === "channel" ? channel : names.user;
  if (name === undefined || expected === undefined || fits(name, expected)) return [];
  const field = { field: name.path };
  const isWithoutUser = what === "user" && expected === "" && channel !== undefined;
  if (name.kind === "pattern") {
    const { value: actual } = name;
    if (isWithoutUser) return [observed("join-without-user", { actual, by: "pattern" }, field)];
    const isCase = expected.length <= LONGEST_COMPARED && fitsPattern(actual.toLowerCase(), expected.toLowerCase());
    const details = isCase ? { difference: "letter-case" } as const : {};
    return [observed(`${what}-mismatch`, { expected, actual, by: "pattern", ...details }, field)];
  }
  if (name.kind !== "text") {
    const found = name.kind === "checksum" ? nameOfChecksum(name.crc32, expected, others) : undefined;
    if (isWithoutUser && found === undefined) return [observed("join-without-user", { by: "checksum" }, field)];
    const { actual = "", difference } = found ?? {};
    return [
      observed(
        `${what}-mismatch`,
        { expected, by: "checksum", ...found, ...whereDifferent(expected, actual, difference) },
        field,
      ),
    ];
  }
  const actual = name.value;
  if (service?.startsWith("rtm") && actual === "") {
    return [observed("rtm-user-elsewhere", { expected, place: "nowhere" }, field)];
  }
  const difference = mistakenFor(expected, actual, others) ?? mistakenGiven(expected, others);
  if (difference === undefined && isWithoutUser) return [observed("join-without-user", { actual, by: "text" }, field)];
  if (difference === undefined && what === "user" && expected !== "") {
    if (service === "chat" && UUID.test(actual) && !UUID.test(expected)) {
      return [observed("chat-user-uuid", { expected, actual }, field)];
    }
    // Of RTM and Chat every user is a text.
    if (channel !== undefined && account === undefined && !isUidText(actual)) {
      return [observed("uid-against-account", { expected, actual, given: "uid" }, field)];
    }
    if (channel !== undefined && account !== undefined && isUidText(actual) && !/^\d+$/.test(account)) {
      return [observed("uid-against-account", { expected: account, actual, given: "account" }, field)];
    }
  }
  const details = difference === undefined ? {} : { difference };
  return [
    observed(
      `${what}-mismatch`,
      { expected, actual, by: "text", ...details, ...whereDifferent(expected, actual, difference) },
      field,
    ),
  ];
}
