import type { WhiteboardKind, WhiteboardRole } from "./types.ts";

/** Something that the bearer of a token may do. */
export type WhiteboardRight =
  | "createRoom"
  | "listRooms"
  | "joinInteractively"
  | "joinReadOnly"
  | "readRoom"
  | "disableRoom"
  | "startConversion"
  | "requestTokens"
  | "readConversion";

/** What each right is, in words. */
export const WHITEBOARD_RIGHTS: Readonly<Record<WhiteboardRight, string>> = {
  createRoom: "create a room",
  listRooms: "list the rooms",
  joinInteractively: "join interactively",
  joinReadOnly: "join read-only",
  readRoom: "read the room's information, scenes and screenshots",
  disableRoom: "disable a room",
  startConversion: "start a file conversion",
  requestTokens: "request room and task tokens of the same or a lower role",
  readConversion: "read the progress of a file conversion",
};

const ROOM = ["sdk", "room"] as const;
const WRITERS = ["admin", "writer"] as const;
const ALL = ["admin", "writer", "reader"] as const;

/** Which tokens have each right (Agora, “Interactive Whiteboard token overview”). */
const HOLDERS: Readonly<
  Record<WhiteboardRight, readonly [kinds: readonly WhiteboardKind[], roles: readonly WhiteboardRole[]]>
> = {
  createRoom: [["sdk"], WRITERS],
  listRooms: [["sdk"], WRITERS],
  joinInteractively: [ROOM, WRITERS],
  joinReadOnly: [ROOM, ["reader"]],
  readRoom: [ROOM, WRITERS],
  disableRoom: [ROOM, ["admin"]],
  startConversion: [["sdk"], WRITERS],
  requestTokens: [["sdk"], ALL],
  readConversion: [["task"], ALL],
};

/** What the bearer of such a token may do; a room token in its room only, a task token for its task only. */
export function rightsOf(kind: WhiteboardKind, role: WhiteboardRole): WhiteboardRight[] {
  return (Object.keys(HOLDERS) as WhiteboardRight[]).filter((right) => {
    const [kinds, roles] = HOLDERS[right];
    return kinds.includes(kind) && roles.includes(role);
  });
}
