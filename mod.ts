/**
 * Builds, reads, verifies and diagnoses Agora.io tokens of every format.
 *
 * {@linkcode buildToken} makes a token and holds to Agora's documented rules; {@linkcode packToken} and the official
 * builders pack what the official code packs. {@linkcode parseToken} reads a token and proves nothing;
 * {@linkcode verifyToken} proves it; {@linkcode inspectToken} shows every byte, also of a damaged one;
 * {@linkcode diagnoseToken} says whether it will work, and if not, why; {@linkcode findTokens} finds tokens in any text.
 *
 * ```ts
 * import { buildToken, rtc, verifyToken } from "@agoratoken/agoratoken";
 * import { assert } from "@std/assert";
 *
 * const appId = "0123456789abcdef0123456789abcdef";
 * const appCertificate = "fedcba9876543210fedcba9876543210";
 * const services = [rtc({ channelName: "lobby", uid: 1001, role: "publisher" })];
 * const token = await buildToken({ appId, appCertificate, expire: 3600, services });
 * assert((await verifyToken(token, { certificates: appCertificate })).ok);
 * ```
 *
 * Limitations:
 *
 * - Whether Agora's service accepts a token also depends on the project's settings, which no library can see.
 * - Two packings of one token may differ as text: the compressed bytes depend on the runtime. Compare parsed data.
 * - JavaScript cannot wipe a certificate from memory.
 *
 * @module
 */
export { AgoraTokenError, type AgoraTokenErrorCode, type AgoraTokenErrorDetails } from "./src/errors.ts";
export { type BuildOptions, buildToken } from "./src/build/build.ts";
export { authorizationHeader } from "./src/build/authorization.ts";
export { packToken, type Token } from "./src/formats/pack.ts";
export { keepSigningKeys } from "./src/formats/access_token2/kept_keys.ts";
export { parseToken, type ReadOptions } from "./src/inspect/parse.ts";
export {
  type Inspected,
  type InspectedText,
  type InspectedToken,
  type Inspection,
  inspectToken,
} from "./src/inspect/inspect.ts";
export { type FindOptions, findTokens, type FoundToken } from "./src/inspect/find/find.ts";
export type { Certificates } from "./src/inspect/signature.ts";
export type { Diagnosis, DoubtfulToken, GoodToken, ReadToken, UnreadableToken, Verification } from "./src/inspect/judge.ts";
export { type VerifyOptions, verifyToken } from "./src/inspect/verify.ts";
export { type DiagnoseOptions, diagnoseToken } from "./src/inspect/diagnose.ts";
export type { MessageTable } from "./src/inspect/sdk.ts";
export type { KnownNames } from "./src/inspect/expected.ts";
export type { Intent } from "./src/inspect/intents.ts";
export type {
  BytesParams,
  Certainty,
  CertificateForm,
  CertificateWrapping,
  DamageParams,
  DifferentCharacter,
  Edit,
  Finding,
  FindingCode,
  FindingOf,
  FindingParams,
  HomemadeSign,
  MessageParams,
  NameDifference,
  NameParams,
  Observation,
  PlacesParams,
  PrivilegesParams,
  Severity,
  TokenPlace,
  WrappedParams,
  Wrapping,
} from "./src/inspect/findings.ts";
export type { LiteralKind } from "./src/inspect/literals.ts";
export { type Name, type Right, type TokenView, type ViewedPrivilege, viewToken } from "./src/formats/view.ts";
export type { ParsedToken, Version } from "./src/formats/detect.ts";
export type {
  DynamicKeyBase,
  DynamicKeyService,
  DynamicKeyWithUser,
  LegacyToken,
  ParsedLegacyToken,
  ParsedToken001,
  ParsedToken002,
  ParsedToken003,
  ParsedToken004,
  ParsedToken005,
  ParsedToken006,
  ParsedTokenSignaling,
  Privilege006,
  SignedKey,
  Token001,
  Token002,
  Token003,
  Token004,
  Token005,
  Token006,
  TokenSignaling,
} from "./src/formats/legacy_types.ts";
export type { Span, SpanType } from "./src/bytes/span.ts";
export { apaas, chat, convoai, fcdn, fpa, rtc, rtm, rtm2, streaming, stt } from "./src/build/constructors.ts";
export type {
  AccountOption,
  ApaasAppOptions,
  ApaasOptions,
  ApaasRequest,
  ApaasRoomOptions,
  ApaasUserOptions,
  ChannelAccountOptions,
  ChannelOption,
  ChannelOptions,
  ChannelUidOptions,
  ChatAppOptions,
  ChatOptions,
  ChatRequest,
  ChatUserOptions,
  ConvoaiRequest,
  ExpireOption,
  FcdnRequest,
  FpaRequest,
  NoOptions,
  OfService,
  PrivilegesOption,
  Role,
  RoleOption,
  RtcAccountPrivilegesOptions,
  RtcAccountRoleOptions,
  RtcOptions,
  RtcRequest,
  RtcUidPrivilegesOptions,
  RtcUidRoleOptions,
  Rtm2Options,
  Rtm2Request,
  RtmOptions,
  RtmRequest,
  ServiceRequest,
  StreamingRequest,
  SttRequest,
  UidOption,
} from "./src/build/requests.ts";
export { RtcRole } from "./src/official/builders.ts";
export {
  type AgentTokenBuilderFamily,
  ApaasTokenBuilder,
  type ApaasTokenBuilderFamily,
  ChatTokenBuilder2,
  type ChatTokenBuilder2Family,
  ConvoAITokenBuilder,
  EducationTokenBuilder,
  FpaTokenBuilder,
  type FpaTokenBuilderFamily,
  RtcTokenBuilder2,
  type RtcTokenBuilder2Family,
  RtmTokenBuilder2,
  type RtmTokenBuilder2Family,
  SttTokenBuilder,
} from "./src/official/awaited.ts";
export type {
  AgentFamily,
  ApaasFamily,
  BuildAgentToken,
  BuildTokenByRole,
  ChatFamily,
  FpaFamily,
  RtcFamily,
  RtmFamily,
} from "./src/official/families.ts";
export type {
  ApaasPrivilege,
  ApaasService,
  ChatPrivilege,
  ChatService,
  ConvoaiService,
  FcdnPrivilege,
  FcdnService,
  FpaPrivilege,
  FpaService,
  OtherService,
  ParsedToken007,
  RtcPrivilege,
  RtcService,
  Rtm2Permission,
  Rtm2Permissions,
  Rtm2Resource,
  Rtm2Service,
  RtmPrivilege,
  RtmService,
  Service,
  StreamingPrivilege,
  StreamingService,
  SttService,
  Token007,
} from "./src/formats/access_token2/types.ts";
export type { Privileges, PrivilegesUntil, Seconds, UnixSeconds } from "./src/formats/common.ts";
