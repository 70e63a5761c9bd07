/** What the rest of the project, and the entry `./server`, use of the token server. @module */
export { type Connection, createTokenServer, type TokenServer } from "./app.ts";
export { loadAccess } from "./access/access.ts";
export type { Access, Caller } from "./access/caller.ts";
export { decide, type Grant, type Refusal } from "./access/grant.ts";
export type { Placeholders } from "./access/pattern.ts";
export { routeList } from "./contracts/table.ts";
export { jsonLog, type LogEntry, prettyLog } from "./http/log.ts";
export type { TokenServerOptions } from "./options.ts";
export type { Credentials, Project } from "./projects.ts";
